"""RSA key pairs from a stream of random numbers: real keys of the cloud's own seed."""

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from itertools import count
from math import isqrt
from random import Random
from typing import NamedTuple

_EXPONENT = 65537
_SIEVED = 20_000
_ROUNDS = 3
_HEAD, _END = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
_INTEGER, _SEQUENCE = 2, 0x30


class KeyPair(NamedTuple):
    """A key pair as OpenSSH spells it: one line, and PKCS#1 in PEM."""

    public: str
    private: str


def key_pair(dice: Random, bits: int = 2048) -> KeyPair:
    """Return a pair whose modulus has *bits* bits."""
    p = _prime(dice, bits // 2)
    q = next(q for q in iter(lambda: _prime(dice, bits // 2), 0) if q != p)
    n, d = p * q, pow(_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = (0, n, _EXPONENT, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    text = b64encode(_der(_SEQUENCE, b"".join(_der(_INTEGER, _bytes(x)) for x in numbers))).decode()
    lines = (text[at : at + 64] for at in range(0, len(text), 64))
    blob = b"".join(_word(w) for w in (b"ssh-rsa", _bytes(_EXPONENT), _bytes(n)))
    return KeyPair(f"ssh-rsa {b64encode(blob).decode()}", "\n".join((_HEAD, *lines, _END, "")))


@cache
def _small_primes() -> tuple[int, ...]:
    whole = bytearray([1]) * _SIEVED
    for step in range(2, isqrt(_SIEVED) + 1):
        whole[step * step :: step] = bytes(len(range(step * step, _SIEVED, step)))
    return tuple(n for n in range(3, _SIEVED) if whole[n])


def _prime(dice: Random, bits: int) -> int:
    """Return a prime of *bits* bits, its two highest set."""
    start = dice.getrandbits(bits) | 3 << (bits - 2) | 1
    remainders = [(p, start % p) for p in _small_primes()]
    for offset in _candidates(remainders):
        number = start + offset
        if number % _EXPONENT != 1 and _passes(number, dice):
            return number
    raise AssertionError  # candidates never end


def _candidates(remainders: list[tuple[int, int]]) -> Iterator[int]:
    """Yield the even offsets that no small prime rules out, block by block."""
    for base in count(0, 2 * _SIEVED):
        open_ = bytearray([1]) * _SIEVED
        for prime, rest in remainders:
            first = (-(rest + base) * pow(2, -1, prime)) % prime
            open_[first::prime] = bytes(len(range(first, _SIEVED, prime)))
        yield from (base + 2 * i for i, good in enumerate(open_) if good)


def _passes(number: int, dice: Random) -> bool:
    """Return whether *number* is a probable prime (Fermat first, as most fail it; then Miller)."""
    if pow(2, number - 1, number) != 1:
        return False
    twos = ((number - 1) & -(number - 1)).bit_length() - 1
    for _ in range(_ROUNDS):
        x = pow(dice.randrange(2, number - 1), (number - 1) >> twos, number)
        squares = [x := x if i == 0 else x * x % number for i in range(twos)]
        if squares[0] != 1 and number - 1 not in squares:
            return False
    return True


def _bytes(number: int) -> bytes:
    """Return *number* with a leading zero byte where its sign would be misread."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _der(tag: int, body: bytes) -> bytes:
    size = len(body)
    if size < 128:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 | len(length))) + length + body


def _word(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body
