"""Codes that a class types in, and secrets that only a browser knows."""

import hashlib
import secrets

ALPHABET = "CDFGHJKMNPQRTVWXY34679"
"""No two that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowels: no code is a word."""
LENGTH = 9  # of 22 signs: 40.1 random bits
GROUP = 3


def new_code() -> str:
    """A code that nobody guesses within a lesson."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code as people read it out: CDF-GHJ-KMN."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """The code that somebody typed, with or without dashes, in small letters or large; "" if it cannot be one."""
    code = "".join(sign for sign in text[:40].upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def new_secret() -> str:
    """A key for a teacher, or a token for a member: 192 random bits."""
    return secrets.token_urlsafe(24)


def fingerprint(secret: str) -> str:
    """What is kept of a secret: who reads the file cannot act as its owner."""
    return hashlib.sha256(secret.encode("utf-8", errors="replace")).hexdigest()
