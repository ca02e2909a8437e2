"""Questions of ours when somebody's words leave open what they want, about which thing, or for which community."""
