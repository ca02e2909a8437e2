"""The page of teams: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.help.rules.request import LIFECYCLE as REQUEST
from bot.help.rules.request import Status as RequestStatus
from bot.i18n import N_
from bot.noun import Noun, Opened, When
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads
from bot.teams import forget, records, sheet
from bot.teams.contributed import CONTRIBUTED
from bot.teams.dashboard import FIGURES
from bot.teams.rules.team import ASKS_HELP, KEYS, LIFECYCLE, ROOM_LEFT, ROOM_MADE
from bot.teams.tables import Team, TeamMember, TeamNote, TeamRequest

TEAMS = N_("teams that try a solution")

NOUN = Noun(
    letter="E",
    people=(
        PersonColumns(Team, TEAMS, named=("moderator",)),
        PersonColumns(TeamMember, TEAMS, gone=("person",)),
        PersonColumns(TeamNote, TEAMS, gone=("person",)),
    ),
    nobody=(TeamRequest,),
    lifecycles=(LIFECYCLE,),
    follow=(records.follow,),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_old,),
    erase=forget.person,
    engaged=(forget.engages,),
    when=(
        When(REQUEST.noun, source=RequestStatus.DRAFT, to=RequestStatus.OPEN, timer=ASKS_HELP),
        sheet.WHEN,
    ),
    opens=(Opened(KEYS, ROOM_MADE, ROOM_LEFT),),
    fixed=(stored_for("equipes", "teams", forget.KEPT, N_("how long I keep a team whose trial is over")),),
    figures=FIGURES,
    contributed=CONTRIBUTED,
    read=(
        Reads(Reader.MEMBERS, N_("teams that try a solution: their name, where they stand and how many they are")),
        Reads(
            Reader.TEAM,
            N_("who is in a team that tries a solution or is asked, with which profession, its log, what it measured"),
        ),
    ),
)
