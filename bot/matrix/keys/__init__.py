"""End-to-end encryption: the device's keys, the bot's identity, and how each is recovered when lost.

`device.OwnDevice` holds the keys and `keyring.Keys` uses them while the bot runs; `identity` is for the start.
"""
