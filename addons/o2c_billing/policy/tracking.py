"""What became of a document, in a few signs.

The log tells everything; a list has room for one sign per way. The sign says the last
thing that matters: a mail that came back is worse than one that was opened, but a mail
sent again after that is good news.
"""

from dataclasses import dataclass

BAD = ("failed", "bounced", "rejected")
LEFT = ("sent", "accepted")
READ = ("opened", "seen", "downloaded", "payment")
#: Programs that look at links by themselves; no customer.
ROBOTS = (
    "bot",
    "crawl",
    "spider",
    "preview",
    "slurp",
    "facebookexternalhit",
    "whatsapp",
    "curl",
    "wget",
    "python-requests",
    "headless",
    "monitor",
    "scan",
    "proxy",
)


@dataclass(frozen=True)
class Sign:
    """One way in a list: tone is bad, busy, left or read."""

    channel: str
    tone: str
    event: str


def signs(lines):
    """Signs of one document.

    :param lines: (channel, event) in the order in which they happened

    >>> for sign in signs([("email", "queued"), ("email", "sent"), ("portal", "seen")]):
    ...     print(sign.channel, sign.tone, sign.event)
    email left sent
    portal read seen
    >>> signs([("email", "sent"), ("email", "bounced")])[0].tone
    'bad'
    >>> signs([("email", "bounced"), ("email", "sent"), ("email", "queued")])[0].event
    'sent'
    >>> signs([("email", "opened"), ("email", "accepted")])[0].tone
    'read'
    """
    found = {}
    for channel, event in lines:
        tone = (
            "bad"
            if event in BAD
            else "read"
            if event in READ
            else "left"
            if event in LEFT
            else "busy"
        )
        known = found.get(channel)
        if known and tone == "busy" and known.tone != "bad":
            continue
        if known and known.tone == "read" and tone == "left":
            continue
        found[channel] = Sign(channel, tone, event)
    return tuple(found.values())


def is_robot(agent):
    """Does a program, not a person, ask for the page?

    >>> is_robot("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"), is_robot("")
    (False, True)
    >>> is_robot("Mozilla/5.0 (compatible; Googlebot/2.1)")
    True
    """
    agent = (agent or "").lower()
    return not agent or any(word in agent for word in ROBOTS)
