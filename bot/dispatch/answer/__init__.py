"""From a row of the inbox to an answer: who may, which card, which command."""
