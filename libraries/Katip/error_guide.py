"""What each error code means and what to do: the source of every error's words, of `katip error` and of the guide."""

from __future__ import annotations

from dataclasses import dataclass

from Katip.messages import in_language, msg, msg_id


@dataclass(frozen=True, slots=True)
class Advice:
    """What a reader should know of an error, as keys of the catalogue (`Katip.messages.msg_id`).

    Attributes:
        what: what happened.
        now: what to do, where the error itself does not say it more precisely.
    """

    what: str
    now: str


_TITLE = msg_id("Errors by code")
_BEGINNING = msg_id(
    "Each message begins with a code and what happened. The line with an arrow says what to do; below it "
    "are the details, for a report. "
    "`katip error KTP-103` says the same on the command line. A setting written as `-v NAME:value` is given to `katip` as `--name value`."
)
_WHAT = msg_id("What happened:")
_NOW = msg_id("What to do:")

GROUPS: dict[str, str] = {
    "KTP-0": msg_id("A setting or a file is wrong; nothing was started"),
    "KTP-1": msg_id("Portal, browser or network did not behave as expected"),
    "KTP-2": msg_id("Evidence: seal, package, deletion"),
    "KTP-5": msg_id("A person must look; it is not tried again"),
}

ADVICE: dict[str, Advice] = {
    "KTP-000": Advice(
        msg_id("An error of no particular class."),
        msg_id("Read the sentence of the message; if it does not help, report it with log.html."),
    ),
    "KTP-001": Advice(
        msg_id("A setting, a portal file or the name of a variable is wrong."),
        msg_id("The message lists every mistake: correct them all and run again."),
    ),
    "KTP-002": Advice(
        msg_id("Nobody said what is to be approved."),
        msg_id(
            "Make a list with `katip plan`, have the responsible person fill it, then run with -v WORKLIST:list.xlsx."
        ),
    ),
    "KTP-003": Advice(
        msg_id("Another run that uses the same journal is going on."),
        msg_id("Wait until it has ended; if it hangs, end the process that the message names."),
    ),
    "KTP-004": Advice(
        msg_id("No browser was found that can be used, or it did not start."),
        msg_id("Install Chrome, Edge or Chromium, or give -v BROWSER:PATH; `katip doctor` says what was found."),
    ),
    "KTP-005": Advice(
        msg_id("The running browser could not be joined (SIGN_IN:attach)."),
        msg_id(
            "Start Edge, Chrome or Chromium with --remote-debugging-port=9222 and a --user-data-dir of its own "
            "(docs/guides/3-signing-in.md); give another port with CDP_URL."
        ),
    ),
    "KTP-006": Advice(
        msg_id("Number and password could not be put into the system's keyring, or taken from it."),
        msg_id(
            "Set up the system's keyring (Windows has its Credential Manager); else give EDEVLET_TCKN and "
            "EDEVLET_SIFRE, or sign in yourself with -v SIGN_IN:attended."
        ),
    ),
    "KTP-010": Advice(
        msg_id("The worklist was refused whole: something in it is wrong, hidden, readable in two ways or damaged."),
        msg_id("The message says row by row what it is and how to mend it; correct the list and save it again."),
    ),
    "KTP-011": Advice(
        msg_id("The file of the rules (rules.toml) cannot be understood."),
        msg_id("Correct the key that the message names, or restore the file."),
    ),
    "KTP-012": Advice(
        msg_id("The journal (journal.sqlite) cannot be opened: damaged, empty, of a newer version, or another file."),
        msg_id("Do not delete it: restore it from a backup, or give a new one by -v JOURNAL and keep the old one."),
    ),
    "KTP-013": Advice(
        msg_id(
            "The portal's export was refused whole: it is another file, damaged, changed, or holds what cannot "
            "be understood."
        ),
        msg_id(
            "Download the export again and give the file unchanged; a password-protected or old XLS file has to "
            "be saved as XLSX first."
        ),
    ),
    "KTP-014": Advice(
        msg_id("The command line was not understood; nothing was started."),
        msg_id("`katip --help` lists the commands, and `--help` behind a command its options; `katip` alone asks."),
    ),
    "KTP-015": Advice(
        msg_id("The system does not let a file or a folder be read or written."),
        msg_id(
            "The message says which one and why: close it in other programs, look at the path, its permissions "
            "and the disk (`katip doctor`)."
        ),
    ),
    "KTP-100": Advice(
        msg_id("An unforeseen error of portal, browser or network."),
        msg_id("Before Kayıt the robot tries again by itself; if it stays, report it with log.html."),
    ),
    "KTP-101": Advice(
        msg_id("An address could not be opened."),
        msg_id("Try it in a browser; look at network, proxy and spelling (`katip doctor --portal NAME`)."),
    ),
    "KTP-102": Advice(
        msg_id("The page that is seen is not the one that the step needs."),
        msg_id(
            "Look at the picture in log.html; if the portal's words have changed, correct them in a portal file "
            "of your own."
        ),
    ),
    "KTP-103": Advice(
        msg_id("The portal ended the session."),
        msg_id("Run again; the journal knows where it stopped, and nothing is approved twice."),
    ),
    "KTP-104": Advice(
        msg_id("The portal is closed for maintenance."),
        msg_id("Run again later."),
    ),
    "KTP-105": Advice(
        msg_id("The portal shows an error page."),
        msg_id("Before Kayıt the robot tries again; if it stays, look at the portal by hand, then run again."),
    ),
    "KTP-106": Advice(
        msg_id("The page is on a host that is not the portal's."),
        msg_id(
            "Nothing was pressed. If the address is right, declare it under katip_origins; else have your "
            "network checked."
        ),
    ),
    "KTP-107": Advice(
        msg_id("The sign-in worked, but the page that followed is not known; the session may be open."),
        msg_id("Sign out by hand at the portal; then add the page's words to the portal file."),
    ),
    "KTP-110": Advice(
        msg_id("A control or field that was expected is not seen."),
        msg_id(
            "The message lists what is seen: if the portal words it otherwise, add the wording under [labels] of "
            "the portal file; `katip doctor --portal NAME` names the line."
        ),
    ),
    "KTP-111": Advice(
        msg_id("Several controls have the label and nothing distinguishes them."),
        msg_id("Give the label near = [...] with words on the same line, in the portal file."),
    ),
    "KTP-112": Advice(
        msg_id("The control is there, but it is disabled."),
        msg_id("Look at the portal by hand: is the row pending, is a field missing?"),
    ),
    "KTP-113": Advice(
        msg_id("Something was pressed, and what should follow did not come in time."),
        msg_id("If the portal is slow, raise [pace] timeout_s in the portal file."),
    ),
    "KTP-114": Advice(
        msg_id("The list could not be read, or its rows do not add up to what the pager says."),
        msg_id("Look at the picture in log.html: headers or the pager's words may be missing in the portal file."),
    ),
    "KTP-115": Advice(
        msg_id("A dialog of the browser itself blocks the page."),
        msg_id(
            "Its words are in the message: if the portal asks and the answer is known, add them to the portal file."
        ),
    ),
    "KTP-116": Advice(
        msg_id("What was to be pressed is not what was checked any more; nothing was pressed."),
        msg_id("Run again; if it happens again, look by hand at what covers it."),
    ),
    "KTP-117": Advice(
        msg_id("What was to be pressed was drawn again or went away at that moment; nothing was pressed."),
        msg_id("Run again."),
    ),
    "KTP-118": Advice(
        msg_id("Page, frame or form is not of the origin that is allowed; nothing was typed or pressed."),
        msg_id("Check the address; if the sign-in has really moved, correct the address in the portal file."),
    ),
    "KTP-119": Advice(
        msg_id("The page does not answer, or is too large to be read."),
        msg_id("Look at the portal by hand, then run again."),
    ),
    "KTP-120": Advice(
        msg_id("The browser, or the process that drives it, is gone."),
        msg_id("Do not close the window during a run; run again, the journal knows where it stopped."),
    ),
    "KTP-121": Advice(
        msg_id("The list changed at each reading: no reading is known to be whole."),
        msg_id(
            "Try again while nobody works on the list; if the portal changes its order, look at it sorted by a header."
        ),
    ),
    "KTP-122": Advice(
        msg_id("The session ended again and again; it is renewed twice in a run at most."),
        msg_id(
            "Close other windows in which the same account is signed in; run again later. The journal knows where it stopped."
        ),
    ),
    "KTP-130": Advice(
        msg_id("What was about to be done could not be written down, so it was not done."),
        msg_id("Look at the results folder and at the disk (`katip doctor`)."),
    ),
    "KTP-200": Advice(
        msg_id("Sealing, stamping, packing or reading the evidence did not work."),
        msg_id("The message says why; `katip seal FOLDER` completes a missing seal."),
    ),
    "KTP-201": Advice(
        msg_id("The folder or package carries no seal."),
        msg_id("If its run was broken off, seal it with `katip seal FOLDER`."),
    ),
    "KTP-202": Advice(
        msg_id("The folder carries a seal already, and a seal is made once."),
        msg_id("Nothing is to do; to check it, `katip verify FOLDER`."),
    ),
    "KTP-203": Advice(
        msg_id("The sealing key could not be read, made or kept safely."),
        msg_id("Look at the keyring, or at the permissions of the folder KATIP_KEY_DIR."),
    ),
    "KTP-204": Advice(
        msg_id("The time stamp authority gave no usable stamp."),
        msg_id("Add it later with `katip stamp --tsa ADDRESS FOLDER`."),
    ),
    "KTP-205": Advice(
        msg_id("The personal data of a run may not be deleted, or not yet."),
        msg_id("The message gives the keeping time and the reason why nothing was deleted."),
    ),
    "KTP-210": Advice(
        msg_id("The output folder holds an earlier run that would be lost."),
        msg_id("Give each run a folder of its own: -d results/new."),
    ),
    "KTP-211": Advice(
        msg_id("What the seal needs was tried before the run and does not work; the run did not begin."),
        msg_id("Remove the cause that the message names (key, permission of a folder, disk)."),
    ),
    "KTP-500": Advice(
        msg_id("The contract may not be approved in its present state."),
        msg_id("Read the reason, look at the portal by hand, correct the list where needed."),
    ),
    "KTP-501": Advice(
        msg_id("e-Devlet refused the sign-in; it is not tried a second time."),
        msg_id("Check number and password by hand at e-Devlet: repeated mistakes lock the account."),
    ),
    "KTP-502": Advice(
        msg_id("A secret would have been typed on a host that is not e-Devlet's; it was not typed."),
        msg_id("Check the address; if the sign-in has really moved, correct edevlet_url in the portal file."),
    ),
    "KTP-503": Advice(
        msg_id("The sign-in asks for a captcha; the robot never solves one."),
        msg_id("Sign in yourself in the visible window, or sign in by hand once and run again."),
    ),
    "KTP-504": Advice(
        msg_id("The sign-in asks for a code that only the person has."),
        msg_id(
            "Run with a visible window (-v HEADLESS:false) and type the code there, or on a terminal, where it "
            "is asked for."
        ),
    ),
    "KTP-505": Advice(
        msg_id("Nobody signed in at e-Devlet within the time allowed."),
        msg_id("Run again and sign in in the window that opens; -v SIGN_IN_TIMEOUT:10min waits longer."),
    ),
    "KTP-510": Advice(
        msg_id("The account does not offer the workplace, or offers it more than once."),
        msg_id("Check the SGK number; if the workplace is missing, the e-Bildirge user has to be updated at SGK."),
    ),
    "KTP-520": Advice(
        msg_id("The form shows something else than the row or the decision; nothing was saved."),
        msg_id("Look at the portal by hand: person, ID, minutes; if the list is old, make a new one."),
    ),
    "KTP-530": Advice(
        msg_id("What was read does not agree with what the portal counts."),
        msg_id("Somebody else may be at work; count what is pending by hand, then run again."),
    ),
    "KTP-540": Advice(
        msg_id("A contract's task ended without the approval that was asked for."),
        msg_id(
            "The task's message names outcome and reason; where it is `uncertain`, look at the portal before "
            "anything else."
        ),
    ),
}
_OTHER_PAGE = {"tr": "*[English](7-errors-by-code.md)*", "en": "*[Türkçe](7-hata-kodlari.md)*"}


def guide_page(language: str) -> str:
    """Return the guide's page of all codes, as Markdown.

    Args:
        language: ``tr`` or ``en``.
    """

    def said(text: str) -> str:
        return in_language(msg(text), language)

    lines = [f"# {said(_TITLE)}", "", _OTHER_PAGE[language], "", said(_BEGINNING), ""]
    for prefix, name in GROUPS.items():
        lines += [f"## {said(name)}", ""]
        for code in sorted(code for code in ADVICE if code.startswith(prefix)):
            lines += [f"### {code}", "", f"**{said(_WHAT)}** {said(ADVICE[code].what)}", ""]
            lines += [f"**{said(_NOW)}** {said(ADVICE[code].now)}", ""]
    return "\n".join(lines).rstrip() + "\n"
