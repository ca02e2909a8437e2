"""The composition root: the only place that builds the parts and starts them."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import commands
from bot import installation
from bot.clock import Clock
from bot.communities.rules.room_facts import RoomDirectory
from bot.communities.rules.serving import Listed, Serving
from bot.dispatch.answer.contexts import Contexts
from bot.dispatch.answer.conversation import Conversation
from bot.dispatch.answer.dispatcher import Dispatcher
from bot.dispatch.hear.expected_answers import Listening
from bot.dispatch.hear.intake import History, Intake
from bot.dispatch.hear.prefetch import Prefetch
from bot.dispatch.hear.quotes import Quotes
from bot.dispatch.hear.reading import Readings
from bot.dispatch.hear.triage import Triage
from bot.dispatch.hear.undecrypted_notice import Unreadable
from bot.dispatch.menu.menu import Menu
from bot.dispatch.watch import arrivals, figures, left_behind, unserved
from bot.dispatch.watch.alarms import Alarms
from bot.dispatch.watch.calendars import Calendars
from bot.dispatch.watch.health import Health, Watch
from bot.dispatch.watch.membership import Presence
from bot.dispatch.watch.present_members import Membership
from bot.dispatch.watch.progress import Progress
from bot.dispatch.watch.suspects import Suspects
from bot.dispatch.watch.upgrades import Upgrades
from bot.errors import MatrixError, TokenLost
from bot.events.sync_batch import SyncBatch
from bot.mailbox.receiving import inbox
from bot.mailbox.receiving.keyed_workers import KeyedWorkers
from bot.mailbox.sending import delivery
from bot.mailbox.sending.outbox import Outbox
from bot.mailbox.sending.voice import Speaker
from bot.mailbox.timers import Timers
from bot.matrix.api import Api, Json, path
from bot.matrix.backfill import Backfill
from bot.matrix.encryption import Encryption
from bot.matrix.late_keys import LateKeys
from bot.matrix.profile import show_face
from bot.matrix.rate_limit import RateLimit
from bot.matrix.rooms import Rooms
from bot.matrix.sender import Plain, Sender
from bot.matrix.session import Session
from bot.matrix.sync import Sync
from bot.process.ending import end
from bot.process.waits import Waits
from bot.quotas import Quotas
from bot.resources.dead_links import Links
from bot.resources.library import Library
from bot.routine import Routine
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.store.database import Database

logger = logging.getLogger(__name__)

SENT_AT_ONCE = 2
"""While we are writing to more rooms than this, due timers wait."""
FORGET_EVERY = 5.0
"""Seconds between two tries to empty the database's log."""
ANSWERS_WITHIN = 1.0
"""Seconds for which the next sync waits, at most, until the last one's events are answered."""
PREPARES_AFTER = 10.0
"""Seconds after a start; before, what was said meanwhile is answered first."""
LOOK_AT_IDENTITY_EVERY = 3600.0
"""Seconds between two checks of our identity on the homeserver."""


def warm_up() -> None:
    """Load what is the same at every start, so that a standby has it when its time comes."""
    Menu.of(commands)
    installation.shipped_lexicon()


class Engine:
    """Turns received events into messages to send, without Matrix: tests run it without a homeserver."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        outbox: Outbox,
        timers: Timers,
        library: Library,
        directory: RoomDirectory,
        history: History,
        *,
        clock: Clock,
        sending: Callable[[], int] = lambda: 0,
        menu: Menu | None = None,
        health: Watch = Health,
        links: Callable[[], Links] | None = None,
        serving: Serving | None = None,
        hears: Callable[[], bool] = lambda: True,
    ) -> None:
        self._serving = serving = serving or Serving(frozenset(settings.serves))
        self.menu = menu = menu or Menu.of(commands)
        menu.rings(left_behind.KIND, left_behind.tell_the_team)
        operators, quotas = settings.operators, Quotas(settings.quotas)
        listening = Listening()
        quotes = Quotes(history)
        contexts = Contexts(
            quotes=quotes,
            menu=menu,
            outbox=outbox,
            timers=timers,
            library=library,
            directory=directory,
            listening=listening,
            operators=operators,
            public_url=settings.public_url.rstrip("/"),
            serving=serving,
            quotas=quotas,
            health=lambda: replace(health(), last_alarm=self.alarms.last_rang),
        )
        invites_from = settings.invites_from or (settings.domain,)
        self.inbox = KeyedWorkers("inbox", self._handle)
        suspects, readings = Suspects(database, outbox.account), Readings(menu, directory, outbox.account)
        triage = Triage(menu, directory, outbox, listening, readings)
        came = partial(arrivals.joined, account=outbox.account, timers=timers, directory=directory)
        self.intake = Intake(database, triage, outbox, history, suspects, clock=clock, wake=self.inbox.wake, came=came)
        self.membership = Membership(database, timers, directory, clock=clock)
        self._dispatcher = Dispatcher(
            database,
            outbox,
            directory,
            clock=clock,
            fill_gaps=self.intake.fill_gaps,
            contexts=contexts,
            conversation=Conversation(contexts, outbox, directory, readings),
            prefetch=Prefetch(contexts, outbox, directory, readings),
            readings=readings,
            membership=self.membership,
            presence=Presence(
                outbox,
                timers,
                directory,
                Upgrades(outbox, directory, listening, operators=operators),
                invites_from=invites_from,
                operators=operators,
                serving=serving,
                quotas=quotas,
            ),
            suspects=suspects,
            timers=timers,
            quotes=quotes,
        )
        self.calendars = Calendars(database, self.membership, directory, operators=operators, clock=clock)
        self.alarms = Alarms(
            database,
            timers,
            menu=menu,
            outbox=outbox,
            library=library,
            directory=directory,
            membership=self.membership,
            hears=hears,
            listening=listening,
            roles_in=contexts.roles,
            operators=operators,
            clock=clock,
            busy=lambda: self.inbox.at_work > 0 or sending() > SENT_AT_ONCE,
        )
        self.unreadable = Unreadable(database, outbox, clock=clock)
        self._database = database
        self._account = outbox.account
        self._outbox = outbox
        links = links or partial(Links, outgoing=settings.outgoing)
        self.routine = Routine(database, outbox, timers, menu, links, operators=operators, clock=clock)
        self._clock = clock

    async def resume(self) -> None:
        """Unlink the rooms that we serve no more; wake the rooms whose inbox an earlier run has left unfinished."""
        if self._serving.slugs:
            async with self._database.transaction() as tx:
                await unserved.unlink(Speaker(tx, self._clock(), self._outbox), self._serving)
        async with self._database.reading() as tx:
            rooms = await inbox.rooms_with_work(tx, self._account)
        for room_id in rooms:
            self.inbox.wake(room_id)

    async def _handle(self, room_id: str) -> float | None:
        return await self._dispatcher.work(room_id)


class App:
    """The bot on its homeserver; without `encryption`, as in some tests, it reads and writes in clear only."""

    def __init__(
        self,
        settings: Settings,
        session: Session,
        api: Api,
        database: Database,
        library: Library,
        *,
        clock: Clock,
        encryption: Encryption | None = None,
        listed: Mapping[str, Listed] | None = None,
        waits: Waits | None = None,
    ) -> None:
        me = session.user_id
        waits = waits or Waits()
        self._settings = settings
        self._api = api
        self._serving = Serving(frozenset(settings.serves), dict(listed or {}))
        self._database = database
        self._clock = clock
        self._account = me
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.outgoing = KeyedWorkers("outbox", self._send)
        rooms = Rooms(api, me)
        outbox = Outbox(me, session.device_id, self.outgoing.wake)
        self._timers = timers = Timers(me, lambda: self.scheduler.changed())
        self._encryption = encryption
        self._signed: bool | None = None
        keys = encryption.keys if encryption else None
        history = Backfill(api, me, keys.try_decrypt if keys else None)
        self.engine = Engine(
            settings,
            database,
            outbox,
            timers,
            library,
            rooms,
            history,
            clock=clock,
            sending=lambda: self.outgoing.at_work,
            health=self._health,
            serving=self._serving,
            hears=lambda: self.listening,
        )
        routine = self.engine.routine
        weekly = routine.check_links if settings.check_links else None
        self.scheduler = Scheduler(self.engine.alarms.drain, routine.forget_old, weekly, routine.look_around)
        self._keys = keys
        self._late = LateKeys(api, keys, self.engine.intake, self.engine.unreadable, me=me) if keys else None
        self.sync = Sync(api, rooms, me=me, take=self._take, decrypt=self._decrypt, waits=waits)
        self._progress = Progress(lambda: self.sync.healthy, lambda: self.sync.age, lambda: self.engine.inbox.at_work)
        seconds = asyncio.get_running_loop().time
        self._sender = Sender(
            api,
            database,
            account=me,
            device_id=session.device_id,
            clock=clock,
            rate_limit=RateLimit(settings.sends_per_second, seconds),
            encryptor=keys or Plain(),
            rooms=rooms,
            fresh=outbox.fresh,
            settled=self.engine.intake.settled,
            wake=self.outgoing.wake,
            lost=self._give_up,
            waits=waits,
        )
        rooms.power_changed = self._sender.power_changed

    async def run(self) -> None:
        """Sync and answer until cancelled. Raises TokenLost when only an operator can help, KeyStoreFailed."""
        since = await self.engine.intake.start()
        vital = [asyncio.create_task(self.sync.run(since), name="sync"), self._lost]
        vital.append(asyncio.create_task(self._start_speaking(), name="start"))
        others = [asyncio.create_task(self._forget(), name="forget")]
        others.append(asyncio.create_task(show_face(self._api, self._account), name="face"))
        others.append(asyncio.create_task(self._prepare(), name="prepare"))
        if self._keys is not None and self._late is not None:
            vital.append(asyncio.create_task(self._keys.run(), name="keys"))
            others.append(asyncio.create_task(self._late.run(), name="late keys"))
            others.append(asyncio.create_task(self._look_at_identity(), name="identity"))
        try:
            done, _ = await asyncio.wait(vital, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                await ended
        finally:
            # All at once: while one waits for a silent database, none of the others may go on. Shielded, for a second
            # cancellation must not leave them half closed.
            closing = (self.outgoing.close(), self.engine.inbox.close(), end([*vital, *others]))
            await asyncio.shield(asyncio.gather(*closing))

    async def _prepare(self) -> None:
        await asyncio.sleep(PREPARES_AFTER)
        await asyncio.to_thread(self.engine.menu.phrases.prepare)

    async def _look_at_identity(self) -> None:
        """Check now and then that our identity has not been replaced elsewhere, nor the device signed out."""
        while self._encryption is not None:
            try:
                self._signed = await self._encryption.signed()
            except MatrixError as error:
                logger.info("the identity could not be looked at (%s %s)", error.status, error.errcode)
            await asyncio.sleep(LOOK_AT_IDENTITY_EVERY)

    async def _decrypt(self, answer: Json) -> None:
        if self._keys is not None:
            self._keys.take(answer)

    async def _take(self, batch: SyncBatch) -> None:
        """Store a batch, then try the late keys, which may open messages of this very batch."""
        rooms = await self.engine.intake.take(batch)
        if self._late is not None:
            self._late.look_if_arrived()
        if rooms and self.sync.caught_up.is_set():  # nothing is sent before
            await self._let_answers_out(rooms)

    async def _let_answers_out(self, rooms: Sequence[str]) -> None:
        """Wait until these rooms are answered, at most ANSWERS_WITHIN seconds, before the next sync. Otherwise the
        homeserver would spend a burst on syncs that return our own answers one by one; what people ask meanwhile then
        comes in one batch."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self.engine.inbox.quiet(rooms)
                await self.outgoing.quiet(rooms)

    def _health(self) -> Health:
        silent_for = timedelta(seconds=self.sync.age) if self.sync.caught_up.is_set() else None
        return Health(silent_for=silent_for, signed=self._signed)

    @property
    def listening(self) -> bool:
        """Whether the last sync succeeded."""
        return self.sync.healthy

    @property
    def goes_on(self) -> bool:
        """Whether what was heard is being handled."""
        return self._progress.goes_on

    async def figures(self) -> dict[str, float]:
        """For the metrics: what waits, the state of the data folder, how long the homeserver is silent."""
        async with self._database.reading() as tx:
            waiting = await figures.of_database(tx, self._account, self._timers, now=self._clock())
        return waiting | figures.of_folder(self._settings) | {"sync_age_seconds": self.sync.age}

    async def calendar(self, token: str) -> bytes | None:
        """The iCalendar feed of a token; None if it is unknown or revoked. Raises TryLater."""
        return await self.engine.calendars.feed(token)

    async def _start_speaking(self) -> None:
        """Start handling and sending once the first sync is stored: it shows what an earlier run had already sent."""
        await self.sync.caught_up.wait()
        await self._find_listed()
        await self.engine.resume()
        async with self._database.reading() as tx:
            lanes = await delivery.lanes(tx, self._account) | await inbox.rooms_that_wait(tx, self._account)
        for lane in lanes:
            self.outgoing.wake(lane)
        logger.info("ready")
        await self.scheduler.run()

    async def _find_listed(self) -> None:
        """Ask the homeserver which rooms the aliases of community files name."""
        for alias in self._serving.aliases:
            try:
                answer = await self._api.request("GET", path("directory", "room", alias))
                self._serving.known_as(alias, str(answer["room_id"]))
            except (MatrixError, KeyError):
                logger.warning("the homeserver knows no room that is listed by %s", self._serving.listed[alias].slug)

    async def _forget(self) -> None:
        """Empty the database's log regularly, so that erased content soon disappears from it as well."""
        while True:
            await asyncio.sleep(FORGET_EVERY)
            try:
                await self._database.forget_log()
            except Exception:
                logger.exception("the database's log could not be truncated, next try in %.0f s", FORGET_EVERY)

    async def _send(self, lane: str) -> float | None:
        await self.sync.caught_up.wait()
        return await self._sender.work(lane)

    def _give_up(self, error: TokenLost) -> None:
        if not self._lost.done():
            self._lost.set_exception(error)
