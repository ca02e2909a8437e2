"""The page of volunteers: what is known of them elsewhere."""

from bot.i18n import N_
from bot.noun import Departure, Noun
from bot.person_columns import SETTINGS, PersonColumns
from bot.readers import Reader, Reads
from bot.volunteers import settings, volunteers
from bot.volunteers.dashboard import FIGURES
from bot.volunteers.tables import Availability, Expert, ExpertTopic, Profile

VOLUNTEERING = N_("what you volunteer for")

NOUN = Noun(
    people=(
        PersonColumns(Profile, SETTINGS, gone=("person",)),
        PersonColumns(Expert, VOLUNTEERING, gone=("person",), named=("proposed_by",)),
        PersonColumns(ExpertTopic, VOLUNTEERING, gone=("person",)),
        PersonColumns(Availability, VOLUNTEERING, gone=("person",), named=("delegate",)),
    ),
    left=Departure(concerns=(volunteers.of_person,), people=volunteers.people_of, ends=volunteers.left),
    settings=settings.SETTINGS,
    figures=FIGURES,
    read=(Reads(Reader.TEAM, N_("the volunteers, their topics, and whether they may be asked")),),
)
