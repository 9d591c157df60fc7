"""Which jobs there are: what each runs, on which database, and after which other.

Rings go from fast to slow, except that the long job of the screens starts before the
many short ones of the processes, so that all slots end together. A job without a
template never sees Odoo; a job with one gets its own clone of it. Process tests make
and drop their own databases.
"""

import os
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "setup"))
import house  # noqa: E402

ADDONS = sorted(path.parent.name for path in ROOT.glob("addons/*/__manifest__.py"))
PUBLISHED = [name for name in ADDONS if name != "o2c_demo"]
STORIES = ["test_o2c"] if (ROOT / "tests/test_o2c/__manifest__.py").exists() else []
# what a Dutch company has beside our add-ons; some tests want one of these
AROUND = ["l10n_nl", "payment_demo", "sale_edi_ubl", "sale_management", "sale_stock"]
# name of a template: modules installed in it
TEMPLATES = {"all": AROUND + PUBLISHED + STORIES}
RINGS = ["lint", "policy", "addons", "stories", "whole", "ubl", "screens", "process"]
_preparing = threading.Lock()


@dataclass(frozen=True)
class Job:
    """One pytest process."""

    ring: str
    name: str
    paths: tuple
    template: str = ""
    after: tuple = ()
    minutes: int = 30
    env: dict = field(default_factory=dict, hash=False)

    @property
    def database(self):
        return f"t_{self.name}"


def every_job():
    """The whole plan, in the order in which it starts."""
    yield Job("lint", "style", ("tests/lint",))
    yield Job("policy", "policy", ("tests/policy",), minutes=3)
    for name in sorted(PUBLISHED, key=lambda name: -weight(name)):
        if (ROOT / "addons" / name / "tests").is_dir():
            yield Job("addons", name, (f"addons/{name}",), "tests")
    for name in STORIES:
        yield Job("stories", name, (f"tests/{name}",), "tests")
    whole = tuple(f"tests/{path.name}" for path in sorted(ROOT.glob("tests/test_*.py")))
    if whole:
        yield Job("whole", "whole", whole, "tests")
    yield Job("ubl", "rules", ("tests/ubl/test_rules.py",))
    if "o2c_billing" in ADDONS:
        files = ("tests/ubl/test_invoices.py",)
        yield Job("ubl", "invoices", files, after=("rules", "o2c_billing", *STORIES))
    if "o2c_demo" in ADDONS:
        yield Job("screens", "o2c_demo", ("addons/o2c_demo",), "demo")
        yield Job("screens", "screens", ("tests/screens",))
    for path in sorted(ROOT.glob("tests/process/test_*.py"), key=longest_first):
        name = path.stem.removeprefix("test_")
        if name == "migrations" and not list(ROOT.glob("tests/previous_release/*.zip")):
            continue
        yield Job("process", name, (f"tests/process/{path.name}",))


def longest_first(path):
    """Jobs of some minutes before those of one, then by name."""
    minutes = ["test_install.py", "test_together.py", "test_live_book.py"]
    return path.name not in minutes, path.name


def weight(addon):
    """Big add-ons first, so that the two slots end together."""
    return sum(path.stat().st_size for path in ROOT.glob(f"addons/{addon}/tests/*.py"))


def jobs(order):
    """The jobs of what was asked for: nothing is everything."""
    found = every = [job for job in every_job() if has_tests(job)]
    if order["what"]:
        found = [job for word in order["what"] for job in asked(word, every)]
    names = {job.name for job in found}
    return [
        replace(job, after=tuple(name for name in job.after if name in names))
        for job in together(found)
    ]


def together(found):
    """Two files of one add-on are one job: they share its database."""
    whole = {}
    for job in found:
        key = (job.name, *job.env.items())
        known = whole.get(key, job)
        paths = tuple(dict.fromkeys(known.paths + job.paths))
        whole[key] = replace(known, paths=paths)
    return list(whole.values())


def has_tests(job):
    return any((ROOT / path).exists() for path in job.paths)


def asked(word, every):
    return chosen(word, every) or fail(
        f"Nothing to test is called {word}: name a ring ({', '.join(RINGS)}), "
        "an add-on or a path."
    )


def fail(text):
    raise house.Trouble(text)


def chosen(word, every):
    """What `credit`, `policy` or `tests/process/test_races.py::test_x` stands for."""
    path, *node = word.split("::")
    if "/" in path or path.endswith(".py"):
        return list(by_path(path.rstrip("/"), node, every))
    if word in RINGS:
        return with_sources([job for job in every if job.ring == word], every)
    short = word.removeprefix("o2c_")
    addons = [job for job in every if job.ring == "addons"]
    names = {f"o2c_{short}", f"o2c_{short}_stock"}
    found = [job for job in addons if job.name in names]
    if any((ROOT / "addons" / name / "policy").is_dir() for name in names):
        return [policy_of(names), *found]
    if found:
        return found
    return [job for job in every if job.name == word]


def with_sources(found, every):
    """The files that the e-invoice rules judge are written by the add-on's tests."""
    wanted = {name for job in found for name in job.after}
    return [job for job in every if job.name in wanted] + found


def policy_of(names):
    return Job(
        "policy", "policy", ("tests/policy",), env={"O2C_ADDONS": ",".join(names)}
    )


def by_path(path, node, every):
    path = Path(path).resolve().relative_to(ROOT).as_posix() if path != "." else "."
    target = "::".join([path, *node])
    for job in every:
        for base in job.paths:
            if path == base or path.startswith(f"{base}/"):
                yield replace(job, paths=(target,))
            elif base.startswith(f"{path}/"):
                yield job


def prepare(home, job):
    """Template and clone of a job. One at a time: they share disk and cluster."""
    if job.template:
        for path in ubl_folder(home, job).glob("*.xml"):
            path.unlink()
    if not job.template:
        return
    with _preparing:
        home.clone(template(home, job.template), job.database)


def template(home, name):
    """The template of this name; "demo" is that of setup/demo before its data, "tests"
    that of all add-ons with a company that test classes share."""
    if name == "tests":
        company = (ROOT / "tests/rings/ready_company.py").read_text()
        return home.database("all", TEMPLATES["all"], prepare=company, purpose="tests")
    if name != "demo":
        return home.database(name, TEMPLATES[name])
    from house import demo

    return home.database("demo", demo.MODULES, languages=demo.LANGUAGES)


def clean(home, job, keep=False):
    if job.template and not keep:
        home.drop(job.database)


def command(home, order, job):
    line = [str(home.python), "-m", "pytest", "-p", "rings.messenger"]
    if job.template:
        line += ["-p", "rings.watch", "--odoo-http", "--odoo-log-level=warn"]
        line += [f"--odoo-config={home.config}", f"--odoo-database={job.database}"]
    else:
        line += ["-p", "no:odoo"]
    return [*line, "-p", "no:cacheprovider", *order["extra"], *job.paths]


def environment(home, order, job):
    python_path = os.pathsep.join([str(home.odoo_path), str(ROOT / "tests")])
    return {
        **home.env,
        **job.env,
        "PYTHONPATH": python_path,
        "O2C_HOME": str(home.places.home),
        "O2C_UBL_OUT": str(ubl_folder(home, job)),
    }


def ubl_folder(home, job):
    """Where a job leaves every e-invoice it makes; the judge looks at all of them."""
    folder = home.places.home / "ubl"
    if job.template:
        folder /= job.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
