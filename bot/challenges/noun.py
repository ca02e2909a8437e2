"""The page of challenges: what is known of them elsewhere."""

from bot.challenges import challenges, forget
from bot.challenges.contributed import CONTRIBUTED
from bot.challenges.dashboard import FIGURES
from bot.challenges.days.days import GIVEN_UP
from bot.challenges.rules.challenge import LIFECYCLE, Status
from bot.challenges.rules.solution import LIFECYCLE as OF_SOLUTION
from bot.challenges.tables import Challenge, DayChallenge, DaySeat, Solution, SolutionAuthor, SolutionVote
from bot.i18n import N_
from bot.noun import Noun, When
from bot.person_columns import PersonColumns
from bot.readers import Reader, Reads

CHALLENGES = N_("challenges, solutions and votes")

NOUN = Noun(
    letter="C",
    people=(
        PersonColumns(Challenge, CHALLENGES, named=("opener",)),
        PersonColumns(Solution, CHALLENGES, named=("author",)),
        PersonColumns(SolutionAuthor, CHALLENGES, gone=("person",)),
        PersonColumns(SolutionVote, CHALLENGES, gone=("person",)),
        PersonColumns(DaySeat, CHALLENGES, gone=("person",)),
    ),
    nobody=(DayChallenge,),
    lifecycles=(LIFECYCLE, OF_SOLUTION),
    follow=(challenges.follow,),
    left=forget.DEPARTURE,
    forget_old=(forget.forget_votes, forget.forget_old),
    erase=forget.person,
    figures=FIGURES,
    when=tuple(
        When(LIFECYCLE.noun, Status.ABANDONED, GIVEN_UP, source=before) for before in (Status.OPEN, Status.VOTING)
    ),
    contributed=CONTRIBUTED,
    read=(Reads(Reader.MEMBERS, N_("challenges, solutions with who signs them, and the count of votes at the end")),),
)
