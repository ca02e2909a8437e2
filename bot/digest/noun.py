"""The page of digests: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.digest import departures, picks, thanks
from bot.digest.settings import SETTINGS as OF_COMMUNITIES
from bot.digest.tables import DigestPick, RoomDigest, Subscription
from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads

SUBSCRIPTIONS = N_("your subscriptions")

NOUN = Noun(
    people=(PersonColumns(Subscription, SUBSCRIPTIONS, gone=("person",)),),
    nobody=(DigestPick, RoomDigest),
    left=departures.DEPARTURE,
    erase=thanks.without,
    forget_old=(picks.forget_old,),
    settings=OF_COMMUNITIES,
    fixed=(stored_for("choix", "picks", picks.KEPT, N_("how long I keep what the team put first in a digest")),),
    read=(
        Reads(Reader.MEMBERS, N_("the room's digest of what is new")),
        Reads(Reader.PERSON, N_("the digest that they asked for")),
    ),
)
