*** Settings ***
Documentation     Reads three lists beside the contracts and keeps them as evidence; nothing is approved.

Resource          ../../resources/approval.resource

Suite Teardown    End The Run
Task Setup        Skip What Cannot Be Reached


*** Variables ***
${KATIP_PLUGINS}
...    ${CURDIR}/deleted_contracts.py,${CURDIR}/interns.py,${CURDIR}/helpers.py


*** Tasks ***
Oturum açılır
    [Setup]    NONE
    ${practice} =    Check Settings    plan=${TRUE}
    Begin The Run    ${practice}
    5.1 Open KATİP From The OSGB Site
    5.2 Go On To E-Devlet
    5.3 Sign In At E-Devlet
    5.4 Choose The Registered User's Entrance
    5.5 Choose The Workplace

Silinen sözleşmeler dışa aktarılır
    ${count} =    Export Deleted Contracts    Silindi
    Set Test Message    ${count} satır

Stajyerler dışa aktarılır
    ${count} =    Export Interns
    Set Test Message    ${count} satır

Yardımcı C sözleşmeler dışa aktarılır
    ${count} =    Export Helpers
    Set Test Message    ${count} satır

Çıkış yapılır
    5.10 Sign Out
