"""Programmes of support: themes in which a community takes applications, and the teams that apply and are supported.

The rows named here are handed out: elsewhere they are types, only this folder reads, makes and writes them.
"""

from bot.programmes.tables import SupportApplication, SupportMember, SupportOpinion, SupportTheme

__all__ = ["SupportApplication", "SupportMember", "SupportOpinion", "SupportTheme"]
