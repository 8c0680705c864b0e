"""The one table of what an operator may set: the suites, the keyword and the tables of the guide agree with it, which a test checks."""

# ruff: noqa: E501 - a cell of the guide's table is one text

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable of the suites.

    Attributes:
        name: the variable's name, in capitals; in small letters it is the argument of `Check Settings`.
        default: its value in `robots/approve.robot`, "" for an empty one.
        values_en: the guide's column "values".
        without_en: the guide's column "without it".
        values_tr: the same in Turkish.
        without_tr: the same in Turkish.
        meant: further names that people give where they mean this setting.
        plan: True if `robots/plan.robot` offers it; there the others stay empty.
    """

    name: str
    default: str
    values_en: str
    without_en: str
    values_tr: str
    without_tr: str
    meant: tuple[str, ...] = ()
    plan: bool = True

    def guide_row(self, turkish: bool = False) -> str:
        """Return the setting's row in the guide's table.

        Args:
            turkish: True for the Turkish one.
        """
        values = (self.values_tr, self.without_tr) if turkish else (self.values_en, self.without_en)
        return f"| `{self.name}` | {values[0]} | {values[1]} |"


# fmt: off
SETTINGS: Final = (
    Setting(
        "PORTAL",
        "practice",
        "`practice`, `practice-today`, `v9`, `today` (İSG-KATİP since about 2023, [as far as it is known](../portal-files.md)), or the path of a portal file of your own (TOML)",
        "`practice`: the suite starts, uses and stops the practice portal itself",
        "`practice`, `practice-today`, `v9`, `today` (2023'ten beri kullanılan İSG-KATİP, [bilindiği kadarıyla](../portal-files.tr.md)) veya kendi portal dosyanızın yolu (TOML)",
        "`practice`: alıştırma portalını robot kendisi başlatır, kullanır ve kapatır",
    ),
    Setting(
        "SITE_URL",
        "",
        "origin of the OSGB's site, such as `https://www.example.com`; plain http only on this machine",
        "the portal's",
        "OSGB sitesinin adresi, örneğin `https://www.example.com`; şifresiz http yalnız bu bilgisayarda",
        "portalınki",
    ),
    Setting(
        "EDEVLET_URL",
        "",
        "origin of the e-Devlet sign-in; the only one on which secrets are typed",
        "the portal's",
        "e-Devlet girişinin adresi; şifre yalnız burada yazılır",
        "portalınki",
    ),
    Setting(
        "KATIP_URL",
        "",
        "origin of İSG-KÂTİP",
        "the portal's",
        "İSG-KÂTİP'in adresi",
        "portalınki",
    ),
    Setting(
        "WORKPLACE",
        "",
        "SGK number, 26 digits, with or without blanks, dots or hyphens; several separated by commas; `all` that the account offers; beside a list it narrows it",
        "those of the list; else taken where exactly one is offered; on practice its example; else an error that lists what is offered",
        "SGK sicil numarası, 26 hane; boşluk, nokta veya tire ile de olur; virgülle birden çok numara; hesabın bütün işyerleri için `all`; listeyle birlikte verilirse listeyi daraltır",
        "listedekiler; liste yoksa tek işyeri sunuluyorsa o; alıştırma portalında örnek işyeri; yoksa sunulanları sayan bir hata",
        meant=("ISYERI",),
    ),
    Setting(
        "APPROVE",
        "",
        "`all`: every pending contract of the workplace; not together with `WORKLIST`",
        "nothing is approved without a list, and the run says how to go on; on a practice portal on this machine, see below",
        "`all`: işyerinin onay bekleyen bütün sözleşmeleri; `WORKLIST` ile birlikte verilmez",
        "liste de yoksa hiçbir şey onaylanmaz, nasıl devam edileceği söylenir; bu bilgisayardaki alıştırma portalı için aşağıya bakın",
        meant=("ONAY", "ONAYLA", "APPROVE_ALL", "APPROVAL",),
        plan=False,
    ),
    Setting(
        "WORKLIST",
        "",
        "the list that was decided on, XLSX or CSV",
        "as for `APPROVE`",
        "karar verilmiş liste, XLSX veya CSV",
        "`APPROVE` satırındaki gibi",
        meant=("ONAY_LISTESI", "WORKING_LIST",),
        plan=False,
    ),
    Setting(
        "MODE",
        "approve",
        '`approve`, or `rehearse`: stop before "Kayıt"',
        "`approve`",
        '`approve` veya `rehearse`: "Kayıt"tan önce durur (prova)',
        "`approve`",
        meant=("MOD", "PROVA", "REHEARSE", "REHEARSAL", "DRY_RUN",),
        plan=False,
    ),
    Setting(
        "HEADLESS",
        "",
        "`true`: no window; `false`: a window to watch",
        "`true` on practice, else `false`",
        "`true`: penceresiz; `false`: izlenebilen bir pencere",
        "alıştırma portalında `true`, başka yerde `false`",
    ),
    Setting(
        "BROWSER",
        "auto",
        "`auto`, `chromium`, `chrome`, `msedge`, or the path of a browser's program",
        "`auto`: the first that is installed",
        "`auto`, `chromium`, `chrome`, `msedge` veya bir tarayıcı programının yolu",
        "`auto`: kurulu olanların ilki",
        meant=("TARAYICI",),
    ),
    Setting(
        "RETRIES",
        "2",
        "how often what comes before \"Kayıt\" is tried again after a fault of portal, browser or network; `0` while you adjust a portal's words",
        "`2`",
        '"Kayıt"tan önceki adımların portal, tarayıcı veya ağ arızasından sonra kaç kez yeniden deneneceği; portalın sözcükleri ayarlanırken `0`',
        "`2`",
        meant=("RETRY",),
    ),
    Setting(
        "JOURNAL",
        "",
        "path of the journal",
        "`results/journal.sqlite`; on the practice portal that the suite starts, in the run's folder",
        "günlüğün yolu",
        "`results/journal.sqlite`; robotun başlattığı alıştırma portalında çalıştırmanın klasörü",
        meant=("GUNLUK",),
    ),
    Setting(
        "DETAILS",
        "no",
        "`yes`: a plan run opens each form, reads ID and minutes, and leaves it unsaved",
        "`no`",
        "`yes`: listeleme her formu açar, ID ile süreyi okur, kaydetmeden çıkar",
        "`no`",
    ),
    Setting(
        "PRINTOUT",
        "no",
        "`yes`: download each approved contract's print-out (\"Sözleşme Yazdır\"); it may carry T.C. numbers",
        "`no`",
        '`yes`: onaylanan her sözleşmenin çıktısını indirir ("Sözleşme Yazdır"); içinde T.C. kimlik numarası olabilir',
        "`no`",
    ),
    Setting(
        "TSA_URL",
        "",
        "address of a time stamp authority (RFC 3161)",
        "sealed without a stamp",
        "zaman damgası kuruluşunun adresi (RFC 3161)",
        "mühür damgasız olur",
    ),
    Setting(
        "FREE_SPACE",
        "",
        'bytes that must be free on the disk before "Kayıt"',
        "`20000000`",
        '"Kayıt"tan önce diskte boş olması gereken bayt',
        "`20000000`",
    ),
    Setting(
        "SIGN_IN",
        "",
        "`password`: number and password from EDEVLET_TCKN and EDEVLET_SIFRE, else from the keyring (`katip credentials set`), else a hidden prompt; `attended`: you sign in yourself in the robot's window, in any way that e-Devlet offers; `attach`: the robot joins your own running browser",
        "`password` where both are set, else `attended`; on the practice portal that the suite starts its example user",
        "`password`: EDEVLET_TCKN ve EDEVLET_SIFRE ile, yoksa anahtarlıktan (`katip credentials set`), o da yoksa görünmeden sorularak; `attended`: robotun penceresinde, e-Devlet'in sunduğu herhangi bir yolla kendiniz girersiniz; `attach`: robot açık olan kendi tarayıcınıza bağlanır",
        "ikisi de verilmişse `password`, değilse `attended`; robotun başlattığı alıştırma portalında örnek kullanıcı",
        ("LOGIN", "GIRIS"),
    ),
    Setting(
        "SIGN_IN_TIMEOUT",
        "",
        "how long the robot waits for you at the sign-in, a Robot Framework time such as `10 min`",
        "`5 min`",
        "girişte sizi ne kadar bekleyeceği, `10 min` gibi bir Robot Framework süresi",
        "`5 min`",
    ),
    Setting(
        "CDP_URL",
        "",
        "where your browser answers for `SIGN_IN:attach`: its debugging port, on this machine only",
        "`http://127.0.0.1:9222`",
        "`SIGN_IN:attach` için tarayıcınızın hata ayıklama portu; yalnız bu bilgisayarda",
        "`http://127.0.0.1:9222`",
        ("CDP", "DEBUG_URL"),
    ),
    Setting(
        "PROFILE",
        "",
        "folder of a browser profile that is kept between runs, for its owner only and outside of results",
        "nothing of a run stays in the browser",
        "çalıştırmalar arasında saklanan tarayıcı profilinin klasörü; yalnız sahibine açık ve sonuçların dışında",
        "çalıştırmadan tarayıcıda hiçbir şey kalmaz",
        ("PROFIL",),
    ),
    Setting(
        "MAX_DECISION_AGE",
        "",
        "days: a decision on the list that is older is warned of, never refused",
        "not warned of",
        "gün: listedeki daha eski bir karar için uyarılır, reddedilmez",
        "uyarılmaz",
        plan=False,
    ),
    Setting(
        "LANGUAGE",
        "tr",
        "`tr` or `en`: the language of console, tasks, reasons and errors; codes and outcome words stay as they are",
        "`tr`",
        "`tr` veya `en`: konsolun, görev iletilerinin, gerekçelerin ve hataların dili; kodlar ve sonuç sözcükleri değişmez",
        "`tr`",
        meant=("DIL", "LANG"),
    ),
)
# fmt: on

SETTING_OF: Final = {setting.name: setting for setting in SETTINGS}
_WITHOUT: Final = {"en": "Without it", "tr": "Verilmezse"}
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def plain_help(setting: Setting, language: str) -> str:
    """Return what the guide's table says of a setting, as the help of an option.

    Args:
        setting: the setting.
        language: ``tr`` or ``en``.
    """
    values, without = (
        (setting.values_tr, setting.without_tr) if language == "tr" else (setting.values_en, setting.without_en)
    )
    text = f"{values}. {_WITHOUT[language]}: {without}."
    return _LINK.sub(r"\1", text).replace("`", "")


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of a variable file (`robot -V settings.json`): its names are completed and explained by editors."""
    properties = {
        setting.name: {
            "type": ["string", "number", "boolean", "null"],
            "default": setting.default,
            "description": plain_help(setting, "en"),
            "x-description-tr": plain_help(setting, "tr"),
        }
        for setting in SETTINGS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of robotframework-katip",
        "description": "Made from the table of settings by scripts/make_settings_schema.py; other variables of a suite may stand beside them.",
        "type": "object",
        "properties": properties,
    }
