"""The page of requests for help: what is known of them elsewhere."""

from bot.help import forget, requests, retention
from bot.help.contributed import CONTRIBUTED
from bot.help.dashboard import FIGURES
from bot.help.offers import offers
from bot.help.rules.offer import LIFECYCLE as OFFER
from bot.help.rules.request import LIFECYCLE as REQUEST
from bot.help.settings import SETTINGS
from bot.help.tables import HelpOffer, HelpRequest, Satisfaction
from bot.i18n import N_
from bot.noun import Departure, Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads

HELP = N_("requests for help")

NOUN = Noun(
    letter="D",
    people=(
        PersonColumns(HelpRequest, HELP, named=("requester", "expert"), ends=forget.unasked),
        PersonColumns(HelpOffer, HELP, named=("person", "instead_of")),
    ),
    nobody=(Satisfaction,),
    lifecycles=(REQUEST, OFFER),
    follow=(requests.follow,),
    left=Departure(concerns=(offers.of_person, requests.of_person), people=forget.people_of, ends=forget.left),
    forget_old=(retention.forget_words, retention.forget_opinions),
    erase=forget.person,
    engaged=(forget.engages,),
    settings=SETTINGS,
    figures=FIGURES,
    contributed=CONTRIBUTED,
    read=(
        Reads(
            Reader.VOLUNTEERS,
            N_("the question, kind of structure and territory; who asks only once they have accepted"),
        ),
        Reads(
            Reader.TEAM,
            N_("of a request for help its number, topic, age, status and who helps, never the question nor who asks"),
        ),
    ),
)
