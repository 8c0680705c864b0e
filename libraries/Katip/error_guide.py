"""What each error code means and what to do about it, in both languages: the source of the guide's pages and of `katip error`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """What a reader should know of an error.

    Attributes:
        what_tr: what happened, in Turkish.
        now_tr: what to do, in Turkish.
        what_en: what happened, in English.
        now_en: what to do, in English.
    """

    what_tr: str
    now_tr: str
    what_en: str
    now_en: str

    def what(self, language: str) -> str:
        """Return what happened.

        Args:
            language: ``tr`` or ``en``.
        """
        return self.what_en if language == "en" else self.what_tr

    def now(self, language: str) -> str:
        """Return what to do.

        Args:
            language: ``tr`` or ``en``.
        """
        return self.now_en if language == "en" else self.now_tr


GROUPS: dict[str, tuple[str, str]] = {
    "KTP-0": ("Ayar veya dosya yanlış; hiçbir şey başlatılmadı", "A setting or a file is wrong; nothing was started"),
    "KTP-1": (
        "Portal, tarayıcı veya ağ beklendiği gibi davranmadı",
        "Portal, browser or network did not behave as expected",
    ),
    "KTP-2": ("Kanıt: mühür, paket, silme", "Evidence: seal, package, deletion"),
    "KTP-5": ("Bir kişinin bakması gerekiyor; yeniden denenmez", "A person must look; it is not tried again"),
}

ADVICE: dict[str, Advice] = {
    "KTP-000": Advice(
        "Sınıfı belli olmayan bir hata.",
        "İletideki cümleyi okuyun; çözülmezse log.html ile bildirin.",
        "An error of no particular class.",
        "Read the sentence of the message; if it does not help, report it with log.html.",
    ),
    "KTP-001": Advice(
        "Bir ayar, portal dosyası veya değişken adı yanlış.",
        "İleti her yanlışı birlikte sayar: hepsini düzeltip yeniden çalıştırın.",
        "A setting, a portal file or the name of a variable is wrong.",
        "The message lists every mistake: correct them all and run again.",
    ),
    "KTP-002": Advice(
        "Neyin onaylanacağı söylenmedi.",
        "robots/plan.robot ile liste çıkarın, sorumlu kişi doldursun, sonra -v WORKLIST:liste.xlsx ile çalıştırın.",
        "Nobody said what is to be approved.",
        "Make a list with robots/plan.robot, have the responsible person fill it, then run with -v WORKLIST:list.xlsx.",
    ),
    "KTP-003": Advice(
        "Aynı günlüğü (journal) kullanan başka bir çalıştırma sürüyor.",
        "O bitene kadar bekleyin; asılı kaldıysa iletideki işlem numarasını sonlandırın.",
        "Another run that uses the same journal is going on.",
        "Wait until it has ended; if it hangs, end the process that the message names.",
    ),
    "KTP-004": Advice(
        "Kullanılabilecek bir tarayıcı bulunamadı veya başlamadı.",
        "Chrome, Edge veya Chromium kurun ya da -v BROWSER:YOL verin; `katip doctor` ne bulunduğunu söyler.",
        "No browser was found that can be used, or it did not start.",
        "Install Chrome, Edge or Chromium, or give -v BROWSER:PATH; `katip doctor` says what was found.",
    ),
    "KTP-005": Advice(
        "Açık olan tarayıcıya bağlanılamadı (SIGN_IN:attach).",
        "Edge'i, Chrome'u veya Chromium'u --remote-debugging-port=9222 ve kendine ait bir --user-data-dir ile başlatın "
        "(docs/guides/oturum-acma.md); port başkaysa CDP_URL ile verin.",
        "The running browser could not be joined (SIGN_IN:attach).",
        "Start Edge, Chrome or Chromium with --remote-debugging-port=9222 and a --user-data-dir of its own "
        "(docs/guides/signing-in.md); give another port with CDP_URL.",
    ),
    "KTP-006": Advice(
        "Numara ve şifre sistemin anahtarlığına konamadı veya oradan alınamadı.",
        "Sistemin anahtarlığını kurun (Windows'ta Kimlik Bilgileri Yöneticisi hazırdır); yoksa EDEVLET_TCKN ile EDEVLET_SIFRE verin "
        "veya -v SIGN_IN:attended ile kendiniz giriş yapın.",
        "Number and password could not be put into the system's keyring, or taken from it.",
        "Set up the system's keyring (Windows has its Credential Manager); else give EDEVLET_TCKN and EDEVLET_SIFRE, or sign in "
        "yourself with -v SIGN_IN:attended.",
    ),
    "KTP-010": Advice(
        "Onay listesi bütünüyle reddedildi: bir şey yanlış, gizli, iki türlü okunabilir veya bozuk.",
        "İleti satır satır ne olduğunu ve nasıl düzeltileceğini söyler; düzeltip yeniden kaydedin.",
        "The worklist was refused whole: something in it is wrong, hidden, readable in two ways or damaged.",
        "The message says row by row what it is and how to mend it; correct the list and save it again.",
    ),
    "KTP-011": Advice(
        "Kurallar dosyası (rules.toml) anlaşılamadı.",
        "İletideki anahtarı düzeltin veya dosyayı ilk hâline getirin.",
        "The file of the rules (rules.toml) cannot be understood.",
        "Correct the key that the message names, or restore the file.",
    ),
    "KTP-012": Advice(
        "Günlük (journal.sqlite) açılamıyor: bozuk, boş, daha yeni sürümden veya başka bir dosya.",
        "Silmeyin: yedeğinden geri yükleyin ya da -v JOURNAL ile yenisini verip eskisini saklayın.",
        "The journal (journal.sqlite) cannot be opened: damaged, empty, of a newer version, or another file.",
        "Do not delete it: restore it from a backup, or give a new one by -v JOURNAL and keep the old one.",
    ),
    "KTP-100": Advice(
        "Portal, tarayıcı veya ağda öngörülmeyen bir hata.",
        "Kayıttan önceyse robot kendisi yeniden dener; sürerse log.html ile bildirin.",
        "An unforeseen error of portal, browser or network.",
        "Before Kayıt the robot tries again by itself; if it stays, report it with log.html.",
    ),
    "KTP-101": Advice(
        "Bir adres açılamadı.",
        "Adresi tarayıcıda açmayı deneyin; ağ bağlantısına, vekil sunucuya ve adresin yazımına bakın (`katip doctor --portal AD`).",
        "An address could not be opened.",
        "Try it in a browser; look at network, proxy and spelling (`katip doctor --portal NAME`).",
    ),
    "KTP-102": Advice(
        "Görülen sayfa beklenen sayfa değil.",
        "log.html'deki resme bakın; portalın sözcükleri değiştiyse kendi portal dosyanızda düzeltin.",
        "The page that is seen is not the one that the step needs.",
        "Look at the picture in log.html; if the portal's words have changed, correct them in a portal file of your own.",
    ),
    "KTP-103": Advice(
        "Portal oturumu sonlandırdı.",
        "Yeniden çalıştırın; günlük nerede kalındığını bilir, onaylananlar yeniden onaylanmaz.",
        "The portal ended the session.",
        "Run again; the journal knows where it stopped, and nothing is approved twice.",
    ),
    "KTP-104": Advice(
        "Portal bakımda.",
        "Sonra yeniden çalıştırın.",
        "The portal is closed for maintenance.",
        "Run again later.",
    ),
    "KTP-105": Advice(
        "Portal bir hata sayfası gösterdi.",
        "Robot kayıttan önce yeniden dener; sürerse portalı elle açıp bakın, sonra yeniden çalıştırın.",
        "The portal shows an error page.",
        "Before Kayıt the robot tries again; if it stays, look at the portal by hand, then run again.",
    ),
    "KTP-106": Advice(
        "Sayfa, portalın olmayan bir adreste.",
        "Hiçbir şeye basılmadı. Adres doğruysa portal dosyasında katip_origins altına yazın; değilse ağınızı denetletin.",
        "The page is on a host that is not the portal's.",
        "Nothing was pressed. If the address is right, declare it under katip_origins; else have your network checked.",
    ),
    "KTP-107": Advice(
        "Giriş yapıldı, ama gelen sayfa tanınmıyor; oturum açık olabilir.",
        "Portala elle girip güvenli çıkış yapın; sonra sayfanın sözcüklerini portal dosyasına ekleyin.",
        "The sign-in worked, but the page that followed is not known; the session may be open.",
        "Sign out by hand at the portal; then add the page's words to the portal file.",
    ),
    "KTP-110": Advice(
        "Beklenen bir düğme, bağlantı veya alan görülmedi.",
        "İleti görülenleri sayar: portal başka bir sözcük kullanıyorsa portal dosyasında [labels] altına ekleyin.",
        "A control or field that was expected is not seen.",
        "The message lists what is seen: if the portal words it otherwise, add the wording under [labels] of the portal file.",
    ),
    "KTP-111": Advice(
        "Aynı sözcüğü taşıyan birkaç denetim var; hangisi olduğu anlaşılamadı.",
        "Portal dosyasında o etikete near = [...] ile yanındaki sözcükleri verin.",
        "Several controls carry the label and nothing tells them apart.",
        "Give the label near = [...] with words on the same line, in the portal file.",
    ),
    "KTP-112": Advice(
        "Denetim orada, ama basılamıyor (etkin değil).",
        "Portalda elle bakın: satır gerçekten onay bekliyor mu, bir alan eksik mi?",
        "The control is there, but it is disabled.",
        "Look at the portal by hand: is the row pending, is a field missing?",
    ),
    "KTP-113": Advice(
        "Basıldı, ama beklenen zamanında gelmedi.",
        "Portal yavaşsa portal dosyasında [pace] timeout_s değerini artırın.",
        "Something was pressed, and what should follow did not come in time.",
        "If the portal is slow, raise [pace] timeout_s in the portal file.",
    ),
    "KTP-114": Advice(
        "Liste okunamadı veya satırları sayfalayıcının sayısıyla uyuşmuyor.",
        "log.html'deki resme bakın: sütun başlıkları veya sayfalayıcının sözcükleri portal dosyasında eksik olabilir.",
        "The list could not be read, or its rows do not add up to what the pager says.",
        "Look at the picture in log.html: headers or the pager's words may be missing in the portal file.",
    ),
    "KTP-115": Advice(
        "Tarayıcının kendi penceresi (alert, confirm) sayfayı kapatıyor.",
        "Sözcükleri iletide: portal soruyorsa ve yanıtı biliniyorsa portal dosyasına ekleyin.",
        "A dialog of the browser itself blocks the page.",
        "Its words are in the message: if the portal asks and the answer is known, add them to the portal file.",
    ),
    "KTP-116": Advice(
        "Basılacak şey, denetlenen şey değil artık; hiçbir şeye basılmadı.",
        "Yeniden çalıştırın; yinelenirse üzerinde ne durduğuna elle bakın.",
        "What was to be pressed is not what was checked any more; nothing was pressed.",
        "Run again; if it comes back, look by hand at what lies over it.",
    ),
    "KTP-117": Advice(
        "Basılacak şey o anda yeniden çizildi veya kayboldu; hiçbir şeye basılmadı.",
        "Yeniden çalıştırın.",
        "What was to be pressed was drawn again or went away at that moment; nothing was pressed.",
        "Run again.",
    ),
    "KTP-118": Advice(
        "Sayfa, çerçeve veya form izin verilen adreste değil; hiçbir şey yazılmadı, basılmadı.",
        "Adresi denetleyin; giriş sayfası gerçekten taşındıysa portal dosyasındaki adresi düzeltin.",
        "Page, frame or form is not of the origin that is allowed; nothing was typed or pressed.",
        "Check the address; if the sign-in has really moved, correct the address in the portal file.",
    ),
    "KTP-119": Advice(
        "Sayfa yanıt vermiyor ya da okunamayacak kadar büyük.",
        "Portalı elle açıp bakın; sonra yeniden çalıştırın.",
        "The page does not answer, or is too large to be read.",
        "Look at the portal by hand, then run again.",
    ),
    "KTP-120": Advice(
        "Tarayıcı veya onu süren işlem kapandı.",
        "Pencereyi çalıştırma sürerken kapatmayın; yeniden çalıştırın, günlük nerede kalındığını bilir.",
        "The browser, or the process that drives it, is gone.",
        "Do not close the window during a run; run again, the journal knows where it stopped.",
    ),
    "KTP-121": Advice(
        "Liste her okumada değişti: hiçbir okumanın tam olduğu bilinmiyor.",
        "Kimse listede çalışmazken yeniden deneyin; portal sıralamayı değiştiriyorsa bir başlığa göre sıralayıp bakın.",
        "The list changed at each reading: no reading is known to be whole.",
        "Try again while nobody works on the list; if the portal changes its order, look at it sorted by a header.",
    ),
    "KTP-130": Advice(
        "Yapılacak işlem yazılamadı, bu yüzden yapılmadı.",
        "Sonuç klasörünün ve diskin durumuna bakın (`katip doctor`).",
        "What was about to be done could not be written down, so it was not done.",
        "Look at the results folder and at the disk (`katip doctor`).",
    ),
    "KTP-200": Advice(
        "Mühür, damga, paket veya kanıtın okunması başarısız.",
        "İleti nedenini söyler; `katip seal KLASÖR` eksik mührü tamamlar.",
        "Sealing, stamping, packing or reading the evidence did not work.",
        "The message says why; `katip seal FOLDER` completes a missing seal.",
    ),
    "KTP-201": Advice(
        "Klasör veya paket mühürsüz.",
        "Çalıştırma yarıda kaldıysa `katip seal KLASÖR` ile mühürleyin.",
        "The folder or package carries no seal.",
        "If its run was broken off, seal it with `katip seal FOLDER`.",
    ),
    "KTP-202": Advice(
        "Klasör zaten mühürlü; mühür bir kez yapılır.",
        "Bir şey yapmanız gerekmez; denetlemek için `katip verify KLASÖR`.",
        "The folder carries a seal already, and a seal is made once.",
        "Nothing is to do; to check it, `katip verify FOLDER`.",
    ),
    "KTP-203": Advice(
        "Mühür anahtarı okunamadı, yapılamadı veya güvenle saklanamadı.",
        "Anahtarlığa veya KATIP_KEY_DIR klasörünün izinlerine bakın.",
        "The sealing key could not be read, made or kept safely.",
        "Look at the keyring, or at the permissions of the folder KATIP_KEY_DIR.",
    ),
    "KTP-204": Advice(
        "Zaman damgası alınamadı.",
        "Sonra `katip stamp --tsa ADRES KLASÖR` ile ekleyin.",
        "The time stamp authority gave no usable stamp.",
        "Add it later with `katip stamp --tsa ADDRESS FOLDER`.",
    ),
    "KTP-205": Advice(
        "Kişisel veriler silinemez veya henüz silinemez.",
        "İleti saklama süresini ve engeli söyler.",
        "The personal data of a run may not be deleted, or not yet.",
        "The message names the keeping time and what stands against it.",
    ),
    "KTP-210": Advice(
        "Çıktı klasöründe silinecek olan eski bir çalıştırma var.",
        "Her çalıştırmaya kendi klasörünü verin: -d results/yeni.",
        "The output folder holds an earlier run that would be lost.",
        "Give each run a folder of its own: -d results/new.",
    ),
    "KTP-211": Advice(
        "Mührün gerektirdikleri denendi ve çalışmadı; çalıştırma başlamadı.",
        "İletideki nedeni giderin (anahtar, klasör izni, disk).",
        "What the seal needs was tried before the run and does not work; the run did not begin.",
        "Remove the cause that the message names (key, permission of a folder, disk).",
    ),
    "KTP-500": Advice(
        "Sözleşme bu hâliyle onaylanamaz.",
        "Nedeni okuyun, portalda elle bakın, gerekirse listeyi düzeltin.",
        "The contract may not be approved as things stand.",
        "Read the reason, look at the portal by hand, correct the list where needed.",
    ),
    "KTP-501": Advice(
        "e-Devlet girişi reddetti; ikinci kez denenmez.",
        "Numara ve şifreyi e-Devlet'te elle denetleyin: art arda yanlışlar hesabı kilitler.",
        "e-Devlet refused the sign-in; it is not tried a second time.",
        "Check number and password by hand at e-Devlet: repeated mistakes lock the account.",
    ),
    "KTP-502": Advice(
        "Şifre, e-Devlet'in olmayan bir adrese yazılacaktı; yazılmadı.",
        "Adresi denetleyin; giriş gerçekten taşındıysa portal dosyasındaki edevlet_url değerini düzeltin.",
        "A secret would have been typed on a host that is not e-Devlet's; it was not typed.",
        "Check the address; if the sign-in has really moved, correct edevlet_url in the portal file.",
    ),
    "KTP-503": Advice(
        "Giriş bir güvenlik kodu (captcha) istiyor; robot çözmez.",
        "Görünen pencerede kendiniz giriş yapın veya bir kez elle giriş yapıp yeniden çalıştırın.",
        "The sign-in asks for a captcha; the robot never solves one.",
        "Sign in yourself in the visible window, or sign in by hand once and run again.",
    ),
    "KTP-504": Advice(
        "Giriş, yalnızca sizde olan bir kod istiyor.",
        "Görünen bir pencereyle çalıştırıp (-v HEADLESS:false) kodu orada yazın veya kodun sorulacağı bir uçbirimde çalıştırın.",
        "The sign-in asks for a code that only the person has.",
        "Run with a visible window (-v HEADLESS:false) and type the code there, or on a terminal, where it is asked for.",
    ),
    "KTP-505": Advice(
        "Tanınan süre içinde kimse e-Devlet'e girmedi.",
        "Yeniden çalıştırıp açılan pencerede giriş yapın; -v SIGN_IN_TIMEOUT:10min daha uzun bekletir.",
        "Nobody signed in at e-Devlet within the time allowed.",
        "Run again and sign in in the window that opens; -v SIGN_IN_TIMEOUT:10min waits longer.",
    ),
    "KTP-510": Advice(
        "Hesap bu işyerini sunmuyor veya birden çok sunuyor.",
        "SGK sicil numarasını denetleyin; işyeri yoksa SGK'da e-Bildirge kullanıcısı güncellenmelidir.",
        "The account does not offer the workplace, or offers it more than once.",
        "Check the SGK number; if the workplace is missing, the e-Bildirge user has to be updated at SGK.",
    ),
    "KTP-520": Advice(
        "Form, satırdan veya karardan başka bir şey gösteriyor; kaydedilmedi.",
        "Portalda elle bakın: kişi, kimlik, süre; liste eskiyse yenisini çıkarın.",
        "The form shows something else than the row or the decision; nothing was saved.",
        "Look at the portal by hand: person, ID, minutes; if the list is old, make a new one.",
    ),
    "KTP-530": Advice(
        "Okunanlar portalın sayısıyla uyuşmuyor.",
        "Başkası da çalışıyor olabilir; portalda bekleyenleri elle sayın, sonra yeniden çalıştırın.",
        "What was read does not agree with what the portal counts.",
        "Somebody else may be at work; count what is pending by hand, then run again.",
    ),
    "KTP-540": Advice(
        "Sözleşmenin görevi, istenen onay olmadan bitti.",
        "Görevin iletisi sonucu ve nedenini söyler; `uncertain` ise her şeyden önce portalda bakın.",
        "A contract's task ended without the approval that was asked for.",
        "The task's message names outcome and reason; where it is `uncertain`, look at the portal before anything else.",
    ),
}
_TITLES = {
    "tr": ("# Hata kodları", "*[English](errors.md)*", "Her iletinin başında bir kod durur", "Ne oldu", "Ne yapmalı"),
    "en": (
        "# Errors by code",
        "*[Türkçe](hatalar.md)*",
        "Each message begins with a code",
        "What happened",
        "What to do",
    ),
}
_REST = {
    "tr": "; `katip error KTP-103` aynısını komut satırında söyler. Yeni bir hata kodu eklemek için "
    "`libraries/Katip/error_guide.py` dosyasına satırını yazın ve `scripts/make_error_pages.py` çalıştırın.",
    "en": "; `katip error KTP-103` says the same on the command line. To add a code, write its entry in "
    "`libraries/Katip/error_guide.py` and run `scripts/make_error_pages.py`.",
}


def guide_page(language: str) -> str:
    """Return the guide's page of all codes, as Markdown.

    Args:
        language: ``tr`` or ``en``.
    """
    title, other, beginning, what, now = _TITLES[language]
    lines = [title, "", other, "", beginning + _REST[language], ""]
    for prefix, names in GROUPS.items():
        lines += [f"## {names[language == 'en']}", ""]
        for code in sorted(code for code in ADVICE if code.startswith(prefix)):
            advice = ADVICE[code]
            lines += [f"### {code}", "", f"**{what}:** {advice.what(language)}", ""]
            lines += [f"**{now}:** {advice.now(language)}", ""]
    return "\n".join(lines).rstrip() + "\n"
