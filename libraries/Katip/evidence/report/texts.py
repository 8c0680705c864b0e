"""Every word of the report in Turkish and English."""

from __future__ import annotations

from typing import Final

#: Key to the Turkish and the English words.
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "title": ("İSG-KÂTİP Sözleşme Onay Raporu", "İSG-KÂTİP Contract Approval Report"),
    "subtitle": (
        "İşveren onayının kanıt dosyası · DOK.10.01 rev 05, madde 5.1–5.10",
        "Evidence of the employer's approval · DOK.10.01 rev 05, clauses 5.1–5.10",
    ),
    "run": ("Çalıştırma", "Run"),
    "runs": ("Çalıştırmalar", "Runs"),
    "started": ("Başlangıç", "Started"),
    "finished": ("Bitiş", "Finished"),
    "not_finished": ("bitmedi (yarıda kaldı)", "did not finish (was cut short)"),
    "mode": ("Çalışma türü", "Mode"),
    "mode.approve": ("Onay", "Approval"),
    "mode.rehearse": ("Prova (kayıt yapılmadı)", "Rehearsal (nothing was saved)"),
    "mode.plan": ("Plan (değişiklik yapılmadı)", "Plan (nothing was changed)"),
    "portal": ("Portal", "Portal"),
    "operator": ("İşleten hesap", "Operator's account"),
    "machine": ("Makine", "Machine"),
    "login": ("Portalın giriş kaydı (5.6)", "The portal's record of the sign-in (5.6)"),
    "sign_out": ("Oturumun kapatılması (5.10)", "Sign-out (5.10)"),
    "worklist": ("Onay listesi", "Worklist"),
    "versions": ("Sürümler", "Versions"),
    "arguments": ("Çağrı", "Arguments"),
    "clock": ("Saat farkı", "Clock offset"),
    "clock_unknown": ("ölçülmedi", "not measured"),
    "seconds": ("sn", "s"),
    "summary": ("Özet", "Summary"),
    "contracts": ("Sözleşmeler", "Contracts"),
    "contract": ("Sözleşme", "Contract"),
    "clauses": ("Madde çizelgesi", "Clause by clause"),
    "clause": ("Madde", "Clause"),
    "evidence": ("Kanıt", "Evidence"),
    "no_evidence": ("kanıt yok", "no evidence"),
    "findings": ("Bulgular", "Findings"),
    "no_findings": ("Bulgu yok.", "No findings."),
    "outcome": ("Sonuç", "Outcome"),
    "count": ("Adet", "Count"),
    "total": ("Toplam", "Total"),
    "name": ("Adı Soyadı", "Name"),
    "category": ("Personel Kategorisi", "Category"),
    "workplace": ("SGK Sicil No", "SGK number"),
    "workplace_title": ("İşyeri Unvanı", "Workplace"),
    "gorevlendirme_id": ("Görevlendirme ID", "Görevlendirme ID"),
    "start_date": ("Grv. Başlama Tarihi", "Start"),
    "minutes": ("Ayl. Çlş. Süresi (Dk)", "Minutes a month"),
    "decision": ("Karar", "Decision"),
    "decided_by": ("Karar veren", "Decided by"),
    "decision.worklist": ("onay listesi, satır {row}", "worklist, row {row}"),
    "decision.all": ("bekleyenlerin tümü (APPROVE:all)", "all pending (APPROVE:all)"),
    "decision.none": ("listede yok", "not on the list"),
    "decision.nobody": ("kimse karar vermedi (plan)", "nobody decided (plan run)"),
    "reason": ("Gerekçe", "Reason"),
    "message": ("Portalın sözleri", "The portal's words"),
    "status": ("Grv. Onay Durumu", "Status (before → after)"),
    "reread": ("Satırın yeniden okunması", "Row read again"),
    "steps": ("Adımlar", "Steps"),
    "recovered": ("Yarım bırakan çalıştırma", "Left open by run"),
    "printout": ("Sözleşme çıktısı", "Print-out"),
    "picture.before": ("1 · Onaydan önceki satır (5.8)", "1 · The row before (5.8)"),
    "picture.form": ("2 · Onay formu (5.9)", "2 · The approval form (5.9)"),
    "picture.ok": ("3 · Küçük pencere (5.9)", "3 · The small window (5.9)"),
    "picture.after": ("4 · Onaydan sonraki satır (5.10)", "4 · The row after (5.10)"),
    "picture.failure": ("5 · Hata anı", "5 · At the failure"),
    "picture_none": ("Resim yok", "No picture"),
    "picture_unreadable": ("Resim okunamadı", "The picture cannot be read"),
    "purged": (
        "Kişisel veriler saklama süresi sonunda silindi.",
        "Personal data were deleted when their keeping time ended.",
    ),
    "not_verified": (
        "SAĞLAM DEĞİL: bu çalıştırma doğrulanmadı. Rapor yalnızca dosyaların şimdi yazdığını gösterir.",
        "NOT VERIFIED: this run does not verify. The report only shows what its files say now.",
    ),
    "verification": ("Doğrulama", "Verification"),
    "manifest": (
        "Kanıt bildiriminin (evidence/manifest.json) SHA-256 özeti",
        "SHA-256 of the evidence manifest (evidence/manifest.json)",
    ),
    "no_manifest": ("bildirim yok", "no manifest"),
    "language": ("Dil", "Language"),
    "page": ("Sayfa", "Page"),
    "law": (
        "Bu rapor ve mühür destekleyici belgedir; 5070 sayılı Kanun anlamında güvenli elektronik imza değildir. "
        "Zaman damgası ancak yetkili bir kuruluştan alınmışsa anılan Kanun anlamında zaman damgasıdır. "
        "Bütünlük şu komutla denetlenir: katip verify KLASÖR",
        "This report and the seal are supporting evidence; they are not a secure electronic signature in the sense of "
        "law 5070. A time stamp is one in the sense of that law only if it comes from a qualified authority. "
        "Check the integrity with: katip verify FOLDER",
    ),
    "sign.manager": ("e-Bildirge Yöneticisi", "e-Bildirge manager"),
    "sign.employer": ("İşveren / İşveren vekili", "Employer / employer's deputy"),
    "sign.what": ("Adı Soyadı, tarih, imza:", "Name, date, signature:"),
    "outcome.approved": ("Onaylandı", "Approved"),
    "outcome.already_approved": ("Zaten onaylı", "Already approved"),
    "outcome.planned": ("Prova edildi", "Rehearsed"),
    "outcome.skipped": ("Atlandı", "Skipped"),
    "outcome.held": ("Bekletildi", "Held"),
    "outcome.refused": ("Portal reddetti", "Refused by the portal"),
    "outcome.uncertain": ("Belirsiz – elle bakılmalı", "Uncertain – look by hand"),
    "outcome.failed": ("Yapılamadı", "Failed"),
    "outcome.not_found": ("Bulunamadı", "Not found"),
    "outcome.open": ("Açık kaldı – elle bakılmalı", "Left open – look by hand"),
    "level.hold": ("bekletir", "holds"),
    "level.warn": ("uyarı", "warning"),
    "level.info": ("bilgi", "information"),
    "level.off": ("kapalı", "off"),
}

#: What each clause of DOK.10.01 rev 05 asks for.
CLAUSES: Final[dict[str, tuple[str, str]]] = {
    "5.1": ("OSGB sitesi, “İSG Katip”", "OSGB site, “İSG Katip”"),
    "5.2": ("“İSG KATİP Giriş”", "“İSG KATİP Giriş”"),
    "5.3": ("e-Devlet kapısından giriş", "Sign-in through e-Devlet"),
    "5.4": ("“Kayıtlı Kullanıcı Girişi”", "“Kayıtlı Kullanıcı Girişi”"),
    "5.5": ("Kuruluşun unvan ve SGK sicil no ile seçimi", "Choice of the workplace by title and SGK number"),
    "5.6": ("“Hizmet Alan İşyeri Modülü”", "“Hizmet Alan İşyeri Modülü”"),
    "5.7": ("“Sözleşmeler”", "“Sözleşmeler”"),
    "5.8": ("“Onay Bekliyor” satırının seçimi, “Onayla”", "Choice of the row “Onay Bekliyor”, “Onayla”"),
    "5.9": ("“Kayıt” ve küçük pencerede “OK”", "“Kayıt”, and “OK” in the small window"),
    "5.10": ("“Onaylandı” denetimi ve “Güvenli Çıkış”", "Check of “Onaylandı”, and “Güvenli Çıkış”"),
}


def text(key: str, language: str) -> str:
    """Return the words of the report.

    Args:
        key: a key of `TEXTS`.
        language: ``tr`` or ``en``.

    Returns:
        The words.
    """
    return TEXTS[key][language != "tr"]
