"""From an event to a reply: `hear` stores what is for us, `menu` declares commands, `answer` answers, `watch` acts."""
