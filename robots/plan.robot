*** Settings ***
Documentation     Onay bekleyen İSG-KÂTİP sözleşmelerinin listesi: okur, hiçbir şeyi değiştirmez, worklist.xlsx ve
...               worklist.csv yazar.
...
...               Sorumlu kişi Karar, Karar Veren ve Karar Tarihi sütunlarını doldurur; sonra robots/approve.robot
...               -v WORKLIST:yol ile çalıştırılır.
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
# Nothing is approved here: what approve.robot knows of this stays empty.
${APPROVE}             ${EMPTY}
${WORKLIST}            ${EMPTY}
${MODE}                ${EMPTY}


*** Tasks ***
Hazırlık: ayarlar denetlenir
    [Documentation]    Başlamadan önce: ayarlar ve kurallar. Sonra günlük, kanıt ve tarayıcı.
    [Setup]    NONE
    ${practice} =    Check The Settings    plan=${TRUE}
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
    5.8 Plan The Pending Contracts

Onay listesi yazılır
    [Documentation]    Sorumlu kişinin dolduracağı worklist.xlsx ve worklist.csv, çalıştırmanın klasöründe.
    ${path} =    Write The Worklist
    Set Test Message    ${path}

5.10 "Güvenli Çıkış" ile çıkılır
    [Documentation]    Bir hatadan sonra da; giriş yapılmamışsa çıkılacak oturum yoktur.
    [Tags]    clause-5.10
    [Setup]    Skip Where Nobody Is Signed In
    5.10 Sign Out
