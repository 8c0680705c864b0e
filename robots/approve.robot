*** Settings ***
Documentation     İSG-KÂTİP sözleşmelerinin işveren tarafından onaylanması: DOK.10.01 rev 05, madde 5.1–5.10.
...
...               Her görev yönergenin bir maddesidir; her sözleşme, çalışma sürerken kendi görevi olur.
...               Ayarlar docs/guides/8-ayarlar.md içinde listelenmiştir.

Resource          ../resources/approval.resource

Suite Teardown    End The Run
Task Setup        Skip What Cannot Be Reached

Task Tags         clause


*** Variables ***
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


*** Tasks ***
Hazırlık: ayarlar ve onay yetkisi denetlenir
    [Documentation]    Başlamadan önce: ayarlar, onay listesi, kurallar. Sonra günlük, kanıt ve tarayıcı.
    [Setup]    NONE
    ${practice} =    Check The Settings
    Begin The Run    ${practice}

5.1 OSGB sitesinde "İSG Katip" tıklanır
    [Tags]    clause-5.1
    5.1 Open KATİP From The OSGB Site

5.2 Açılan sekmede "İSG KATİP Giriş" tıklanır
    [Tags]    clause-5.2
    5.2 Go On To E-Devlet

5.3 T.C. Kimlik No ve e-Devlet Şifresi ile giriş yapılır
    [Tags]    clause-5.3
    5.3 Sign In At E-Devlet

5.4 "Kayıtlı Kullanıcı Girişi" seçilir
    [Tags]    clause-5.4
    5.4 Choose The Registered User's Entrance

5.5 Kuruluş unvanı ve SGK sicil numarası denetlenir, seçilir
    [Tags]    clause-5.5
    5.5 Choose The Workplace

5.6 Ana sayfa okunur: giriş kaydı ve onay bekleyen sayısı
    [Tags]    clause-5.6
    5.6 Read The Home Page

5.7 Hizmet Alan İşyeri Modülü'nden "Sözleşmeler" açılır
    [Tags]    clause-5.7
    5.7 Open The Contracts

5.8 Onay bekleyen sözleşmeler okunur
    [Tags]    clause-5.8
    5.8 Read The Pending Contracts

5.10 "Güvenli Çıkış" ile çıkılır
    [Documentation]    Bir hatadan sonra da; giriş yapılmamışsa çıkılacak oturum yoktur.
    [Tags]    clause-5.10
    [Setup]    Skip Where Nobody Is Signed In
    5.10 Sign Out
