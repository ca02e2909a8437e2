// Drives matrix-js-sdk by JSON lines: one request a line on stdin, answers and events on stdout.
// It shares room keys only with devices that their owner has signed, and hides what others send.

import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { decodeRecoveryKey, OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";

const stdout = process.stdout;
logger.disableAll?.();
for (const level of ["log", "info", "warn", "error", "debug", "trace"]) console[level] = () => {};

const say = (line) => stdout.write(JSON.stringify(line) + "\n");

let client;
let crypto;
let recoveryKey;

async function start({ homeserver, userId, deviceId, token, password }) {
    client = sdk.createClient({
        baseUrl: homeserver,
        userId,
        deviceId,
        accessToken: token,
        cryptoCallbacks: {
            getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], recoveryKey],
        },
    });
    await client.initRustCrypto({ useIndexedDB: false });
    crypto = client.getCrypto();
    crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    client.on(sdk.RoomEvent.Timeline, (event) => tell(event));
    client.on(sdk.MatrixEventEvent.Decrypted, (event) => tell(event));
    const filter = new sdk.Filter(userId);
    filter.setTimelineLimit(100);
    await client.startClient({ filter, pollTimeout: 1000, lazyLoadMembers: true });
    await synced();
    if (password) await sign(userId, password);
}

function synced() {
    return new Promise((resolve) => {
        const look = (state) => {
            if (state !== "PREPARED" && state !== "SYNCING") return;
            client.off(sdk.ClientEvent.Sync, look);
            resolve();
        };
        client.on(sdk.ClientEvent.Sync, look);
        look(client.getSyncState());
    });
}

async function sign(userId, password) {
    await crypto.bootstrapCrossSigning({
        authUploadDeviceSigningKeys: (request) =>
            request({ type: "m.login.password", identifier: { type: "m.id.user", user: userId }, password }),
    });
}

function tell(event) {
    if (event.isBeingDecrypted() || !event.getId()) return;
    say({
        event: {
            room_id: event.getRoomId(),
            event_id: event.getId(),
            sender: event.getSender(),
            type: event.getType(),
            content: event.getContent(),
            at: event.getTs(),
            relates_to: event.getWireContent()["m.relates_to"] ?? null,
            encrypted: event.isEncrypted(),
            unreadable: event.isDecryptionFailure() ? String(event.decryptionFailureReason) : null,
        },
    });
}

const verbs = {
    start,
    async stop() {
        client.stopClient();
    },
    async createPlainRoom({ invite }) {
        return (await client.createRoom({ preset: "trusted_private_chat", invite })).room_id;
    },
    async createRoom({ invite, direct }) {
        const content = { algorithm: "m.megolm.v1.aes-sha2" };
        const room = await client.createRoom({
            preset: "trusted_private_chat",
            invite,
            is_direct: direct,
            initial_state: [{ type: "m.room.encryption", state_key: "", content }],
        });
        while (!client.getRoom(room.room_id)?.hasEncryptionStateEvent()) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return room.room_id;
    },
    async invite({ room, userId }) {
        await client.invite(room, userId);
    },
    async join({ room }) {
        await client.joinRoom(room);
        while (client.getRoom(room)?.getMyMembership() !== "join") {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    },
    async send({ room, type, content }) {
        return (await client.sendEvent(room, type, content)).event_id;
    },
    async receivedAt({ room, event }) {
        return (await client.fetchRoomEvent(room, event)).origin_server_ts;
    },
    async device({ userId, deviceId }) {
        await crypto.getUserDeviceInfo([userId], true);
        const status = await crypto.getDeviceVerificationStatus(userId, deviceId);
        const user = await crypto.getUserVerificationStatus(userId);
        return { signedByOwner: status?.signedByOwner ?? null, needsApproval: user.needsUserApproval };
    },
    async shield({ room, event }) {
        const found = client.getRoom(room).findEventById(event);
        const shield = await crypto.getEncryptionInfoForEvent(found);
        return shield && { colour: shield.shieldColour, reason: shield.shieldReason };
    },
    async openRecovery({ key }) {
        recoveryKey = decodeRecoveryKey(key);
        const own = client.getUserId();
        await crypto.userHasCrossSigningKeys(own, true);
        await crypto.bootstrapCrossSigning({});
        await crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        const backup = await crypto.checkKeyBackupAndEnable();
        const restored = await crypto.restoreKeyBackup();
        return {
            ready: await crypto.isCrossSigningReady(),
            trusted: backup?.trustInfo.matchesDecryptionKey ?? false,
            imported: restored.imported,
            total: restored.total,
        };
    },
};

say({ ready: process.version });
for await (const line of createInterface({ input: process.stdin })) {
    const { id, verb, ...given } = JSON.parse(line);
    Promise.resolve()
        .then(() => verbs[verb](given))
        .then((result) => say({ id, result: result ?? null }))
        .catch((error) => say({ id, error: `${error?.name}: ${error?.message}\n${error?.stack}` }));
}
process.exit(0);
