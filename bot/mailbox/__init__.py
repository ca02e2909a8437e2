"""In and out, once: the inbox, the outbox, timers, and what is open with somebody."""
