"""One request for help with all that its steps need to know of it: loaded once, and handed from step to step."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.communities import Community, Topic, communities, tell
from bot.communities.acting import Hands
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.tell import Words
from bot.events.gestures import Gesture
from bot.events.messages import Ref
from bot.help import requests, settings
from bot.help.offers import offers
from bot.help.rules.request import Party, Status, Trigger
from bot.help.settings import Manner
from bot.help.tables import HelpOffer, HelpRequest
from bot.help.texts_before import Subject, number
from bot.i18n import _, language
from bot.mailbox.sending.outbox import Otherwise, Outbox
from bot.mailbox.timers import Timers
from bot.store.database import Transaction
from bot.volunteers import Profile, profiles, topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request, and hands to act on it.

    `manner` is how its community proceeds, `topics` are those of the community, `profile` is where the author works.
    """

    tx: Transaction
    now: datetime
    account: str
    outbox: Outbox
    timers: Timers
    directory: RoomDirectory
    request: HelpRequest
    community: Community
    manner: Manner
    topics: Sequence[Topic]
    profile: Profile

    @property
    def subject(self) -> Subject:
        """The request as sentences name it, in the language that is being spoken."""
        return subject_of(self.request, self.topics)

    @property
    def zone(self) -> ZoneInfo:
        """The clock by which days and hours are said."""
        return tell.zone(self.community)

    def name(self, person: str | None) -> str:
        """How the person is called in the community's main room; nobody has an empty name."""
        return tell.name(self, person, self.community) if person else ""

    def about(self, kind: str) -> Ref:
        """What a card of this kind is about."""
        return Ref(kind, str(self.request.id))

    async def move(self, trigger: Trigger, *, by: Collection[Party], reason: str = "") -> None:
        """One step of its life. Raises NotNow."""
        await requests.move(self, self.request, trigger, by=by, manner=self.manner, reason=reason)

    async def write(self) -> None:
        """Keep what was changed."""
        await requests.write(self.tx, self.request)

    async def offers(self) -> list[HelpOffer]:
        """The offers of the present search, oldest first."""
        return await offers.of(self.tx, self.request)

    async def tell(
        self,
        person: str | None,
        words: Words,
        *,
        key: str,
        about: Ref | None = None,
        gestures: Sequence[Gesture] = (),
        urgent: bool = False,
        alone: bool = False,
        openly: Words | None = None,
    ) -> None:
        """Write to one person about the request; to nobody when they are erased.

        Whoever cannot be reached in private is told in the thread of the question, in these words or, `openly`, in
        others; not what is for them `alone`.
        """
        if person is not None:
            await tell.tell(
                self,
                person,
                words,
                key=key,
                language=self.community.language,
                about=about,
                gestures=gestures,
                urgent=urgent,
                otherwise=None if alone else self.in_thread(openly or words, person),
            )

    def in_thread(self, words: Words, *people: str) -> Otherwise | None:
        """The same in the thread of a question that was asked in a room; nowhere for one that was asked in private."""
        if self.request.direct:
            return None
        spoken, thread = self.community.language, self.request.thread
        return tell.aloud(self.request.room_id, words, *people, language=spoken, thread=thread)

    async def rewrite(self, *cards: tuple[HelpOffer, Words]) -> set[str]:
        """Change volunteers' cards quietly; returns the keys of those that there are."""
        spoken, changes = self.community.language, {}
        for offer, words in cards:
            key = offers.card_key(offer)
            message = await tell.worded(self.tx, offer.person, words, language=spoken)
            changes[key] = (f"{key}:{self.request.version}", message)
        return await self.outbox.edit_each(self.tx, changes, now=self.now)


def subject_of(request: HelpRequest, known: Sequence[Topic]) -> Subject:
    """A request as sentences name it; `known` are the topics of its community."""
    return Subject(topics.label(request.topic, known, language()) or _("general question"), number(request))


async def of(hands: Hands, request: HelpRequest) -> Case:
    """The case of a request. Its days are those on which both community and author work."""
    community = await requests.community_of(hands.tx, request)
    profile = await profiles.of(hands.tx, request.requester or "")
    manner = await settings.of(hands.tx, community)
    return Case(
        tx=hands.tx,
        now=hands.now,
        account=hands.account,
        outbox=hands.outbox,
        timers=hands.timers,
        directory=hands.directory,
        request=request,
        community=community,
        manner=manner.of_person(profiles.holidays_of(profile)),
        topics=await communities.topics_of(hands.tx, request.community),
        profile=profile,
    )


async def find(hands: Hands, number: int | str, *, lock: bool = False) -> Case | None:
    """The case of a request's number; `lock`: nobody else moves it until the transaction ends."""
    request = await requests.get(hands.tx, number, lock=lock)
    return await of(hands, request) if request is not None else None


def still(*statuses: Status, then: Callable[[Case], Awaitable[None]]) -> Callable[[Hands, str], Awaitable[None]]:
    """What a timer does with the request that it names, if that is in one of these statuses."""

    async def due(moment: Hands, item: str) -> None:
        request = await requests.free(moment.tx, item)
        if request is not None and request.status in statuses:
            await then(await of(moment, request))

    return due
