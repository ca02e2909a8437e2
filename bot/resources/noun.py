"""The page of resources: what is known of them elsewhere."""

from bot.i18n import N_
from bot.noun import Noun
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads
from bot.resources import departures, failed_searches, resources, synonyms, undoable
from bot.resources.contributed import CONTRIBUTED
from bot.resources.dashboard import FIGURES
from bot.resources.settings import SETTINGS
from bot.resources.tables import Resource, ResourceRevision, ResourceVote, SearchMiss, Synonym

RESOURCES = N_("resources, opinions of them")

NOUN = Noun(
    letter="DOC",
    people=(
        PersonColumns(Resource, RESOURCES, named=("owner",), ends=resources.archived, rewritten=resources.rewritten),
        PersonColumns(ResourceVote, RESOURCES, gone=("person",)),
        PersonColumns(Synonym, rewritten=synonyms.rewritten),
    ),
    nobody=(ResourceRevision, SearchMiss),
    left=departures.DEPARTURE,
    forget_old=(failed_searches.forget_old,),
    erase=departures.erase,
    settings=SETTINGS,
    undoable=(undoable.SYNONYM, undoable.RESOURCE),
    figures=FIGURES,
    contributed=CONTRIBUTED,
    read=(
        Reads(Reader.MEMBERS, N_("published resources, with their source and contact")),
        Reads(Reader.TEAM, N_("resources that were proposed; words searched in vain, without who searched")),
    ),
)
