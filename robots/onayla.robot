Language: tr

*** Ayarlar ***
Dokümantasyon       İSG-KÂTİP sözleşmelerinin işveren tarafından onaylanması: DOK.10.01 rev 05, madde 5.1–5.10.
...
...                 Her görev talimatın bir maddesidir; çalıştırma sırasında her sözleşme kendi görevi olur.
...                 Ayarlar docs/guides/8-ayarlar.md sayfasında listelenir. robots/approve.robot ile aynı işi yapar.

Kaynak              ../resources/onay.resource

Takım Bitişi        Çalıştırma Bitirilir
Görev Kurulumu      Ulaşılamayanı Atla

Görev Etiketleri    clause


*** Değişkenler ***
${PORTAL}              practice
${SITE_URL}            ${EMPTY}
${EDEVLET_URL}         ${EMPTY}
${KATIP_URL}           ${EMPTY}
${WORKPLACE}           ${EMPTY}
${APPROVE}             ${EMPTY}
${WORKLIST}            ${EMPTY}
${MODE}                approve
${HEADLESS}            ${EMPTY}
${BROWSER}             auto
${RETRIES}             2
${JOURNAL}             ${EMPTY}
${DETAILS}             no
${PRINTOUT}            no
${TSA_URL}             ${EMPTY}
${FREE_SPACE}          ${EMPTY}
${SIGN_IN}             ${EMPTY}
${SIGN_IN_TIMEOUT}     ${EMPTY}
${CDP_URL}             ${EMPTY}
${PROFILE}             ${EMPTY}
${MAX_DECISION_AGE}    ${EMPTY}
${LANGUAGE}            tr


*** Görevler ***
Hazırlık: ayarlar ve onay yetkisi denetlenir
    [Dokümantasyon]    Başlamadan önce: ayarlar, onay listesi, kurallar. Sonra günlük, kanıt ve tarayıcı.
    [Kurulum]    NONE
    ${practice} =    Ayarlar Denetlenir
    Çalıştırma Başlatılır    ${practice}

5.1 OSGB sitesinde "İSG Katip" tıklanır
    [Etiketler]    clause-5.1
    5.1 OSGB Sitesinden KATİP Açılır

5.2 Açılan sekmede "İSG KATİP Giriş" tıklanır
    [Etiketler]    clause-5.2
    5.2 E-Devlet'e Geçilir

5.3 T.C. Kimlik No ve e-Devlet Şifresi ile giriş yapılır
    [Etiketler]    clause-5.3
    5.3 E-Devlet'e Giriş Yapılır

5.4 "Kayıtlı Kullanıcı Girişi" seçilir
    [Etiketler]    clause-5.4
    5.4 Kayıtlı Kullanıcı Girişi Seçilir

5.5 Kuruluş unvanı ve SGK sicil numarası denetlenir, seçilir
    [Etiketler]    clause-5.5
    5.5 İşyeri Seçilir

5.6 Ana sayfa okunur: giriş kaydı ve onay bekleyen sayısı
    [Etiketler]    clause-5.6
    5.6 Ana Sayfa Okunur

5.7 Hizmet Alan İşyeri Modülü'nden "Sözleşmeler" açılır
    [Etiketler]    clause-5.7
    5.7 Sözleşmeler Açılır

5.8 Onay bekleyen sözleşmeler okunur
    [Etiketler]    clause-5.8
    5.8 Onay Bekleyenler Okunur

5.10 "Güvenli Çıkış" ile çıkılır
    [Dokümantasyon]    Hatadan sonra da; oturum açık değilse çıkılacak bir şey yoktur.
    [Etiketler]    clause-5.10
    [Kurulum]    Oturum Açık Değilse Atla
    5.10 Güvenli Çıkış Yapılır
