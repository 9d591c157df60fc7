"""Texts with ``{placeholders}`` from a closed list: check them once, fill them fast."""

import re

_BRACES = re.compile(r"\{([^{}<>]*)\}")


def unknown_placeholders(text, names):
    """What stands between braces and is not in the list, or is broken by markup.

    >>> unknown_placeholders("Dear {customer}, pay {totl}", ["customer", "total"])
    ['{totl}']
    >>> unknown_placeholders("Dear {cus<b>tomer</b>}", ["customer"])
    ['{cus']
    >>> unknown_placeholders("<p style='color:red'>{ customer }</p>", ["customer"])
    []
    >>> unknown_placeholders("lonely } brace", [])
    ['}']
    """
    wrong = [
        found.group(0)
        for found in _BRACES.finditer(text or "")
        if found.group(1).strip() not in names
    ]
    rest = _BRACES.sub("", text or "")
    wrong += re.findall(r"\{[^{}<>\s]*", rest)
    if not wrong:
        wrong += re.findall(r"\}", rest)
    return wrong


def compiled(text):
    """Literal pieces and names in turn, so that filling is one join.

    >>> compiled("Dear {customer}!")
    ('Dear ', 'customer', '!')
    """
    return tuple(
        part.strip() if index % 2 else part
        for index, part in enumerate(_BRACES.split(text or ""))
    )


def known_only(pieces, names):
    """The same pieces, in which a name that is not in the list is a word like others.

    >>> known_only(compiled("Dear {customer}, pay {totl} now"), ["customer"])
    ('Dear ', 'customer', ', pay {totl} now')
    """
    known = [pieces[0]]
    for name, rest in zip(pieces[1::2], pieces[2::2], strict=True):
        if name in names:
            known += [name, rest]
        else:
            known[-1] += f"{{{name}}}{rest}"
    return tuple(known)


def without(pieces, name):
    """The same pieces without the sentences that name a blank nobody can fill.

    >>> asked = compiled("Hello. We asked {total} by {day}. Will you?\\nBy {day}: yes.")
    >>> without(asked, "day")
    ('Hello. Will you?\\n',)
    >>> without(compiled("Dear {customer}!"), "day")
    ('Dear ', 'customer', '!')
    """
    text = "".join(
        f"{{{part}}}" if index % 2 else part for index, part in enumerate(pieces)
    )
    sentences = re.findall(r"[^.?!\n]*(?:[.?!]+\s*|\n|$)", text)
    return compiled("".join(one for one in sentences if f"{{{name}}}" not in one))


def filled(pieces, values):
    """The text with its values, which must be escaped already where it is HTML.

    >>> filled(compiled("Dear {customer}!"), {"customer": "Bakkerij Proef"})
    'Dear Bakkerij Proef!'

    A value that ends a sentence with its own dot gets no second one.

    >>> filled(compiled("We are {company}. Hello!"), {"company": "Proef B.V."})
    'We are Proef B.V. Hello!'
    """
    parts = [
        values[piece] if index % 2 else piece for index, piece in enumerate(pieces)
    ]
    for index in range(1, len(parts) - 1, 2):
        after = parts[index + 1]
        if parts[index].endswith(".") and after.startswith("."):
            parts[index + 1] = after if after.startswith("..") else after[1:]
    return "".join(parts)
