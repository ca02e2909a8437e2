"""The page of programmes of support: what is known of them elsewhere."""

from bot.communities.settings.fixed import stored_for
from bot.i18n import N_
from bot.noun import Noun, Opened, When
from bot.person_columns import PersonColumns
from bot.programmes import forget, mine, themes
from bot.programmes.dashboard import FIGURES
from bot.programmes.rules.application import LIFECYCLE, ROOM_MADE, ROOMS, TEAM_OVER
from bot.programmes.tables import SupportApplication, SupportMember, SupportOpinion, SupportTheme
from bot.programmes.undoable import THEME
from bot.readers import Reader, Reads
from bot.teams.rules.team import LIFECYCLE as TEAM
from bot.teams.rules.team import Status as TeamStatus

SUPPORTS = N_("applications for support and supported teams")

NOUN = Noun(
    letter="P",
    people=(
        PersonColumns(SupportApplication, SUPPORTS, named=("applicant", "approver")),
        PersonColumns(SupportMember, SUPPORTS, gone=("person",)),
        PersonColumns(SupportOpinion, SUPPORTS, gone=("person",)),
    ),
    nobody=(SupportTheme,),
    lifecycles=(LIFECYCLE,),
    follow=(themes.follow,),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_opinions, forget.forget_old),
    erase=forget.person,
    engaged=(forget.engages,),
    undoable=(THEME,),
    when=tuple(
        When(TEAM.noun, source=source, to=to, timer=TEAM_OVER)
        for source in (TeamStatus.AT_WORK, TeamStatus.EXPERIMENTING)
        for to in (TeamStatus.EVALUATED, TeamStatus.GIVEN_UP)
    ),
    opens=(Opened(ROOMS, ROOM_MADE),),
    fixed=(
        stored_for(
            "candidatures",
            "applications",
            forget.KEPT,
            N_("how long I keep an application for support that was refused or taken back"),
        ),
        stored_for("appuis", "supports", forget.SUPPORTS_KEPT, N_("how long I keep a supported team, once it is over")),
    ),
    figures=FIGURES,
    read=(
        Reads(Reader.MEMBERS, N_("open themes of support; in a team or its room, its application and who is in it")),
        Reads(Reader.TEAM, N_("applications for support, with who is in the team and with which profession")),
        Reads(Reader.PERSON, N_("whoever is asked for the management's agreement: the need, the project and the team")),
    ),
    overview=mine.overview,
)
