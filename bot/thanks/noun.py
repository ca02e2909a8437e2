"""The page of thanks: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads
from bot.thanks import forget
from bot.thanks.contributed import CONTRIBUTED
from bot.thanks.tables import Thanks

THANKS = N_("thanks given and received")

NOUN = Noun(
    people=(PersonColumns(Thanks, THANKS, gone=("receiver",), named=("giver",)),),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_words, forget.forget_old),
    erase=forget.person,
    fixed=(
        stored_for("mercis", "thanks", forget.KEPT, N_("how long I keep who thanked whom")),
        stored_for(
            "mots-de-merci",
            "words-of-thanks",
            forget.WORDS_KEPT,
            N_("how long I keep words of thanks that nobody read"),
        ),
    ),
    contributed=CONTRIBUTED,
    read=(
        Reads(Reader.MEMBERS, N_("names in the month's thanks, of those who agreed")),
        Reads(Reader.PERSON, N_("who thanked them, and with which words")),
    ),
)
