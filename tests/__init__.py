"""Every promise of Relais, as a sentence."""
