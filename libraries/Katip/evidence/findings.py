"""What verification finds, as codes with values and as sentences in Turkish and English."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final


class FindingKind(StrEnum):
    """What sort of thing was found; the first ones make verification fail."""

    ALTERED = "altered"
    MISSING = "missing"
    ADDED = "added"
    INCONSISTENT = "inconsistent"
    PURGED = "purged"
    NOTE = "note"

    @property
    def fails(self) -> bool:
        """True if the run does not verify."""
        return self not in (FindingKind.PURGED, FindingKind.NOTE)


KIND_TR: Final = {
    FindingKind.ALTERED: "değiştirilmiş",
    FindingKind.MISSING: "eksik",
    FindingKind.ADDED: "eklenmiş",
    FindingKind.INCONSISTENT: "tutarsız",
    FindingKind.PURGED: "silinmiş (kişisel veri)",
    FindingKind.NOTE: "bilgi",
}

#: Code to the sentence in English and in Turkish; ``{name}`` are the finding's values.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "unreadable": ("cannot be read: {error}", "okunamıyor: {error}"),
    "no-seal": ("the run carries no seal", "çalıştırmanın mührü yok"),
    "seal-file-missing": ("a file of the seal is not there", "mühür dosyası yok"),
    "file-missing": ("listed in SHA256SUMS, but not there", "SHA256SUMS listesinde var, klasörde yok"),
    "file-altered": ("its content is not what was sealed", "içeriği mühürlenen içerik değil"),
    "file-added": ("lies among the evidence, but was not sealed", "kanıtların arasında duruyor, ama mühürlenmemiş"),
    "of-all-runs": (
        "kept by the robot for all its runs, beside them; no part of this run's seal",
        "robotun bütün çalıştırmaları için yanlarında tuttuğu dosya; bu çalıştırmanın mühründe yer almaz",
    ),
    "not-sealed": ("lies in the folder, but is not part of the seal", "klasörde duruyor, ama mührün parçası değil"),
    "twice": ("stands in the package more than once", "pakette birden çok kez var"),
    "unsafe-name": ("its name leads out of the run's folder", "adı klasörün dışını gösteriyor"),
    "package-rotten": (
        "the package beside the run is not sound ({file}); pack it again: katip seal FOLDER",
        "çalıştırmanın yanındaki paket sağlam değil ({file}); yeniden paketleyin: katip seal KLASÖR",
    ),
    "package-other": (
        "the package beside the run is of another seal; pack it again: katip seal FOLDER",
        "çalıştırmanın yanındaki paket başka bir mühre ait; yeniden paketleyin: katip seal KLASÖR",
    ),
    "purged": ("deleted on {when}, as a signed record says", "imzalı kayda göre {when} tarihinde silindi"),
    "purged-but-there": (
        "a signed record says that it was deleted, but it is there",
        "imzalı kayıt silindi diyor, ama dosya duruyor",
    ),
    "purge-unsigned": (
        "the record of deletions was not signed by the run's key",
        "silme kaydı çalıştırmanın anahtarıyla imzalanmamış",
    ),
    "purge-foreign": ("the record of deletions belongs to another run", "silme kaydı başka bir çalıştırmanın"),
    "purge-too-much": (
        "the record of deletions lists {file}, which holds no personal data",
        "silme kaydı kişisel veri içermeyen {file} dosyasını sayıyor",
    ),
    "purge-when": (
        "the record says that it deleted on {seen}, which is not between the seal ({expected}) and now",
        "kayıt {seen} tarihinde silindiğini söylüyor; bu, mühür ({expected}) ile şimdi arasında değil",
    ),
    "purge-early": (
        "the record gives the end of the keeping time ({years} years) as its reason, but deleted on {seen}, before it",
        "kayıt saklama süresinin ({years} yıl) dolduğunu söylüyor, ama ondan önce, {seen} tarihinde silmiş",
    ),
    "purge-partial": (
        "deletes neither all personal data nor the print-outs alone; left out: {missing}",
        "ne bütün kişisel verileri ne de yalnız çıktıları siliyor; dışarıda kalan: {missing}",
    ),
    "stamp-unlinked": (
        "the chain of seals has no link of this stamp",
        "mühür zincirinde bu damganın halkası yok",
    ),
    "purge-unlinked": (
        "the chain of seals has no link of this deletion",
        "mühür zincirinde bu silmenin halkası yok",
    ),
    "purge-other-copy": (
        "the chain says that personal data of this run were deleted; this copy still has them: purge it too",
        "zincir bu çalıştırmanın kişisel verilerinin silindiğini söylüyor; bu kopyada duruyor: onu da silin",
    ),
    "system-file": (
        "was left by the system of somebody who looked into the folder; it is not part of the run",
        "klasöre bakan birinin sisteminden kalmış; çalıştırmanın parçası değil",
    ),
    "chain-none": (
        "the chain of seals was not looked at, since there is no {file} beside the run: a removed run does not show",
        "mühür zincirine bakılmadı, çünkü çalıştırmanın yanında {file} yok: kaldırılmış bir çalıştırma görülmez",
    ),
    "chain-gone": (
        "the chain of seals is not there, but the journal beside it is",
        "mühür zinciri yok, ama yanındaki günlük duruyor",
    ),
    "chain-field": (
        "the chain says {expected} for {field} of this seal, the seal says {seen}",
        "zincir bu mührün {field} alanı için {expected} diyor, mühür {seen} diyor",
    ),
    "chain-twice": ("the chain has run {run} more than once", "zincirde {run} çalıştırması birden çok kez var"),
    "chain-stray": (
        "the chain has a {what} of run {run}, but no seal of it before",
        "zincirde {run} çalıştırmasının {what} halkası var, ama öncesinde mührü yok",
    ),
    "journal-unsealed": (
        "run {run} is not sealed yet: katip seal {folder}",
        "{run} henüz mühürlenmemiş: katip seal {folder}",
    ),
    "journal-fields": (
        "the journal says {expected} for {field} of this run, the record says {seen}",
        "günlük bu çalıştırmanın {field} alanı için {expected} diyor, kayıt {seen} diyor",
    ),
    "key-unreadable": (
        "is not an Ed25519 public key in its one form",
        "tek biçimindeki bir Ed25519 açık anahtarı değil",
    ),
    "key-not-pinned": (
        "sealed by the key {seen}, not by the pinned {expected}: sealed anew by somebody else",
        "{expected} yerine {seen} anahtarıyla mühürlenmiş: başkası yeniden mühürlemiş",
    ),
    "key-changed": (
        "sealed by the key {seen}, while run {before} was sealed by {expected}",
        "{seen} anahtarıyla mühürlenmiş, oysa {before} çalıştırması {expected} anahtarıyla mühürlü",
    ),
    "key": (
        "sealed by the key {seen} (not pinned; compare it with `katip key show`)",
        "{seen} anahtarıyla mühürlenmiş (sabitlenmemiş; `katip key show` ile karşılaştırın)",
    ),
    "key-other": (
        "is the key {seen}, not the one that the signed statement names ({expected})",
        "{seen} anahtarı; imzalı beyan başkasını ({expected}) anıyor",
    ),
    "sums-signature": (
        "the raw signature does not belong to SHA256SUMS and seal.pub.pem",
        "ham imza SHA256SUMS ve seal.pub.pem ile uyuşmuyor",
    ),
    "sums-form": ("is not in the one form of a list of digests", "özet listesinin tek biçiminde değil"),
    "sums-other": ("is not the list that the signed statement names", "imzalı beyanın andığı liste değil"),
    "statement-signature": (
        "the statement's signature does not belong to seal.pub.pem",
        "beyanın imzası seal.pub.pem ile uyuşmuyor",
    ),
    "statement-form": ("is not in the one form of a signed statement", "imzalı beyanın tek biçiminde değil"),
    "statement-unreadable": ("holds no signed statement", "imzalı beyan içermiyor"),
    "statement-about": (
        "the statement is not about SHA256SUMS of a run",
        "beyan bir çalıştırmanın SHA256SUMS dosyası hakkında değil",
    ),
    "statement-says": (
        "the statement says {field} is {seen}, the records give {expected}",
        "beyan {field} için {seen} diyor, kayıtlar {expected} veriyor",
    ),
    "package-form": (
        "differs from what is packed of its own content (order, times, comments or bytes between the members)",
        "kendi içeriğinden yapılan paketten farklı (sıra, zaman, açıklama veya dosyalar arasında bayt)",
    ),
    "package-name": ("its folder is {seen}, the run is {expected}", "klasörü {seen}, çalıştırma ise {expected}"),
    "stamp-unreadable": ("is not the answer of a time stamp authority", "zaman damgası yanıtı değil"),
    "stamp-other": ("stamps something else than this seal", "bu mührü değil, başka bir şeyi damgalıyor"),
    "stamp-signature": ("was not countersigned by the run's key", "çalıştırmanın anahtarıyla imzalanmamış"),
    "stamp-untrusted": ("was not signed under the authorities given", "verilen damga kuruluşlarınca imzalanmamış"),
    "stamp-before": (
        "says {seen}, before the run was sealed ({expected}): a clock was wrong",
        "{seen} diyor, mühürden ({expected}) önce: bir saat yanlıştı",
    ),
    "stamp-gone": (
        "the chain says that the run was stamped, but there is no stamp like that",
        "zincir damgalandığını söylüyor, ama öyle bir damga yok",
    ),
    "stamp": ("time stamp of {when}", "{when} tarihli zaman damgası"),
    "stamp-none": ("no time stamp", "zaman damgası yok"),
    "schema": ("is not as its schema says: {error}", "şemasına uymuyor: {error}"),
    "interrupted": ("the run was {how}; sealed by: {by}", "çalıştırma şöyle bitti: {how}; mühürleyen: {by}"),
    "differs": ("{field} is {seen}, but {other} says {expected}", "{field} {seen}, ama {other} {expected} diyor"),
    "personal-differs": (
        "{field} is not what the record's digest stands for",
        "{field} kayıttaki özetin karşılığı değil",
    ),
    "no-record": ("has no record under evidence/", "evidence/ altında kaydı yok"),
    "no-row": ("has no row in approvals.json", "approvals.json içinde satırı yok"),
    "no-task": ("has no task in output.xml", "output.xml içinde görevi yok"),
    "task-without-record": (
        "output.xml has a task of a contract that has no record",
        "output.xml içinde kaydı olmayan bir sözleşmenin görevi var",
    ),
    "picture-missing": ("approved, but without the picture “{stage}”", "onaylandı, ama “{stage}” resmi yok"),
    "picture-unreadable": ("is no PNG", "PNG değil"),
    "picture-same": ("is the same picture as {other}", "{other} ile aynı resim"),
    "not-reread": ("approved, but the row was not read again", "onaylandı, ama satır yeniden okunmamış"),
    "not-decided": ("approved, but nobody's decision is on record", "onaylandı, ama kimin kararı olduğu kayıtlı değil"),
    "not-on-list": (
        "approved by row {row}, but that row of the worklist does not say so: {seen}",
        "{row}. satıra göre onaylandı, ama onay listesinin o satırı öyle demiyor: {seen}",
    ),
    "order": (
        "{later} ({seen}) is before {earlier} ({expected}): a clock was set back or the record was rewritten",
        "{later} ({seen}), {earlier} ({expected}) zamanından önce: saat geri alınmış veya kayıt yeniden yazılmış",
    ),
    "not-in-manifest": ("is missing from the manifest", "bildirimde (manifest) yok"),
    "only-in-manifest": ("stands in the manifest, but was not sealed", "bildirimde (manifest) var, ama mühürlenmemiş"),
    "report-digest": ("does not show the digest of the manifest", "bildirimin (manifest) özetini göstermiyor"),
    "chain-previous": (
        "names the seal {seen} as the one before; the chain has {expected}",
        "önceki mühür olarak {seen} diyor; zincirde {expected} var",
    ),
    "chain-unlinked": (
        "run {run} lies beside the chain and verifies, but the chain does not have its seal: links were cut off",
        "{run} çalıştırması zincirin yanında duruyor ve doğrulanıyor, ama mührü zincirde yok: halkalar kesilmiş",
    ),
    "chain-not-in-journal": (
        "the chain has a seal of run {run}, which the journal does not know: an older journal was put back",
        "zincirde {run} çalıştırmasının mührü var, ama günlük onu tanımıyor: eski bir günlük geri konmuş",
    ),
    "copy": ("is the same run as {other}", "{other} ile aynı çalıştırma"),
    "sealed-later": (
        "says that it was sealed on {seen}, which is later than now ({expected}): a clock was wrong",
        "{seen} tarihinde mühürlendiğini söylüyor; bu, şimdiden ({expected}) sonra: bir saat yanlıştı",
    ),
    "chain-unknown": ("is not in the chain of seals", "mühür zincirinde yok"),
    "chain-other": (
        "the chain has another seal of this run: {expected}",
        "zincirde bu çalıştırmanın başka bir mührü var: {expected}",
    ),
    "run-removed": (
        "run {run} was sealed, but neither its folder nor its package is there and verifies with that seal",
        "{run} çalıştırması mühürlenmiş, ama o mühürle doğrulanan ne klasörü ne paketi var",
    ),
    "gap": (
        "the run before it (seal {expected}) is not among those given",
        "ondan önceki çalıştırma (mühür {expected}) verilenler arasında yok",
    ),
    "first-of-given": (
        "follows the seal {expected}, which was not given",
        "verilmemiş olan {expected} mührünü izliyor",
    ),
    "journal-run": ("the journal does not know this run", "günlük bu çalıştırmayı tanımıyor"),
    "journal-differs": (
        "the journal says {expected} of {field}, the records say {seen}",
        "günlük {field} için {expected} diyor, kayıtlar {seen}",
    ),
    "journal-removed": (
        "run {run} is in the journal, but neither its folder nor its package is there and verifies",
        "{run} çalıştırması günlükte, ama doğrulanan ne klasörü ne paketi var",
    ),
}


#: Values come from files that anybody may have made, as long as they like.
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class VerificationFinding:
    """One thing that verification found.

    Attributes:
        kind: what sort.
        code: which, a key of `SENTENCES`.
        path: the file or contract it is about.
        values: what is in the sentence.
    """

    kind: FindingKind
    code: str
    path: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """Return the finding as a line.

        Args:
            language: ``en`` or ``tr``.

        Returns:
            FindingKind, path and what is wrong.
        """
        english, turkish = SENTENCES[self.code]
        text = (turkish if language == "tr" else english).format(**self.values)
        kind = KIND_TR[self.kind] if language == "tr" else self.kind.value
        return f"{kind}: {self.path}: {text}" if self.path else f"{kind}: {text}"


@dataclass(slots=True)
class RunVerdict:
    """What verification says of one run.

    Attributes:
        path: the folder or package.
        run: the run's name, or an empty text.
        seal: the digest of its seal, or an empty text.
        previous: the digest of the seal before, as this one names it.
        sealed_at: when it was sealed, UTC in ISO 8601, or an empty text.
        key: the fingerprint of the key, or an empty text.
        pinned: True if the reader said which keys may have sealed it.
        stamp: the digest of its time stamp, or an empty text.
        purges: the names of its records of deletions, with their digests.
        findings: everything found.
    """

    path: Path
    run: str = ""
    seal: str = ""
    previous: str | None = None
    sealed_at: str = ""
    key: str = ""
    pinned: bool = False
    stamp: str = ""
    purges: dict[str, str] = field(default_factory=dict)
    findings: list[VerificationFinding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True if nothing found makes the run doubtful."""
        return not any(finding.kind.fails for finding in self.findings)

    def add(self, kind: FindingKind, code: str, path: str = "", **values: object) -> None:
        """Add a finding.

        Args:
            kind: what sort.
            code: a key of `SENTENCES`.
            path: what it is about.
            values: what is in the sentence.
        """
        self.findings.append(
            VerificationFinding(kind, code, path, {name: str(value)[:_LONGEST] for name, value in values.items()})
        )

    def sentences(self, language: str = "en", *, failing_only: bool = True) -> list[str]:
        """Return the findings as lines.

        Args:
            language: ``en`` or ``tr``.
            failing_only: leave out what is only to be known.

        Returns:
            One line a finding.
        """
        return [finding.sentence(language) for finding in self.findings if finding.kind.fails or not failing_only]
