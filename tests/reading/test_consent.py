"""The consent to automatic updates: seen as given however it is built, placed and worded, and never where it is not."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from Katip.pages.consent import consents_given
from tests.reading.adapter import Eyes
from tests.reading.browsing import Hand
from tests.reading.made_pages import opened

pytestmark = pytest.mark.browser
W = "Otomatik Güncelleme Onay İzni"
STYLE = "<style>.sw{display:inline-block;width:44px;height:22px;border-radius:11px;background:#ccc;cursor:pointer}.sw i{display:block;width:18px;height:18px;margin:2px;border-radius:9px;background:#fff}.sw.on{background:#1677ff}.sw.on i{margin-left:24px}.row{display:flex}.row>:first-child{width:400px}.hid{position:absolute;opacity:0;width:0;height:0}.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style>"
GIVEN = {
    "class only near": f"<div>{W} <span class='sw on' onclick='x=1'><i></i></span></div>",
    "class only, listener": f"<div>{W} <span class='sw on' id=s><i></i></span></div><script>s.addEventListener('click',()=>1)</script>",
    "class only far": f"<div class=row><div>{W}</div><div><span class='sw on' onclick='x=1'><i></i></span></div></div>",
    "class only above": f"<div><div>{W}</div><div><span class='sw on' onclick='x=1'><i></i></span></div></div>",
    "class only pseudo": f"<style>.p{{display:inline-block;width:44px;height:22px;background:#16f;border-radius:11px;cursor:pointer}}</style><div>{W} <span class='p on' onclick='x=1'></span></div>",
    "role far": f"<div class=row><div>{W}</div><div><button role=switch aria-checked=true style='width:44px;height:22px'></button></div></div>",
    "role above": f"<div><div>{W}</div><div><button role=switch aria-checked=true style='width:44px;height:22px'></button></div></div>",
    "box far": f"<div class=row><div>{W}</div><div><input type=checkbox checked></div></div>",
    "box above": f"<div><div>{W}</div><div><input type=checkbox checked></div></div>",
    "box flat above": f"<form><p>Adı: X</p>{W}<br><input type=checkbox checked><p>Süre 5</p></form>",
    "antd with inner text far": f"<div class=row><div>{W}</div><div><button role=switch aria-checked=true style='width:64px;height:22px'><div></div><span>Açık</span></button></div></div>",
    "hidden input drawn": f"<div><label><input type=checkbox checked class=hid><span class='sw on'><i></i></span></label> {W}</div>",
    "hidden input drawn far": f"<div class=row><div>{W}</div><div><label><input type=checkbox checked class=hid><span class='sw on'><i></i></span></label></div></div>",
    "hidden input under its mark": f"<label style='position:relative;display:inline-flex'><input type=checkbox checked style='position:absolute;opacity:0;width:13px;height:13px;margin:0;pointer-events:none'><i style='position:relative;width:18px;height:18px;background:#06c'></i> {W}</label>",
    "words split blocks": "<div style='display:flex'><input type=checkbox checked><div><div>Otomatik</div><div>Güncelleme Onay İzni</div></div></div>",
    "words split spans": "<div><input type=checkbox checked> <span>Otomatik</span> <b>Güncelleme</b> <span>Onay</span> <i>İzni</i></div>",
    "words split inline-block": "<div><input type=checkbox checked> <span style='display:inline-block;padding:8px'>Otomatik</span><span style='display:inline-block;padding:8px'>Güncelleme</span></div>",
    "hidden label words": f"<div><input type=checkbox checked aria-label='{W}'></div>",
    "sr label": f"<div><label><span class=sr>{W}</span><input type=checkbox checked></label></div>",
    "aria labelledby hidden": f"<div><span id=q style='display:none'>{W}</span><button role=switch aria-checked=true aria-labelledby=q style='width:44px;height:22px'></button></div>",
    "title": f"<div><input type=checkbox checked title='{W}'></div>",
    "radio evet far": f"<div class=row><div>{W}</div><div><label><input type=radio name=r checked>Evet</label> <label><input type=radio name=r>Hayır</label></div></div>",
    "select far": f"<div class=row><div>{W}</div><div><select><option>Hayır<option selected>Evet</select></div></div>",
    "select above": f"<div><div>{W}</div><div><select><option>Hayır<option selected>Evet</select></div></div>",
    "text far": f"<div class=row><div>{W}</div><div>Evet</div></div>",
    "chip": f"<div class='chip on' onclick='x=1' aria-pressed=true>{W}</div>",
    "chip class": f"<div class='chip on' style='cursor:pointer' onclick='x=1'>{W}</div>",
    "two consents": f"<div><input type=checkbox> {W}</div><div><input type=checkbox checked> Muvafakat ediyorum</div>",
    "two consents same words": f"<div class=row><div>{W}</div><div><input type=checkbox></div></div><div class=row><div>{W}</div><div><input type=checkbox checked></div></div>",
}
for number, wording in enumerate(
    [
        "Sözleşmenin otomatik olarak güncellenmesini kabul ediyorum",
        "Verilerimin işlenmesine rıza gösteriyorum",
        "Sözleşme bitiminde otomatik olarak yenilensin",
        "Güncellemelerin otomatik yapılmasına onay veriyorum",
        "Güncelleme iznini veriyorum",
        "Oto. Güncelleme",
        "Süresi dolunca kendiliğinden uzatılmasını kabul ediyorum",
        "Çalışma süresinin otomatik artırılmasını kabul ediyorum",
        "Otomatik onay",
        "İşlenmesine rızam vardır",
        "OTOMATIK GUNCELLEME",
        "Oto-matik güncelleme",
        "Otomatik\u00adgüncelleme",
        "Güncelleme İzni",
    ]
):
    GIVEN[f"wording {number}"] = f"<div><input type=checkbox checked> {wording}</div>"
GIVEN["invisible input beside what is drawn"] = (
    f"<div class=el><input type=checkbox role=switch checked class=hid><span class='sw on'><i></i></span><span>{W}</span></div>"
)
GIVEN["drawn beside two invisible inputs"] = (
    f"<div><input type=checkbox class=hid><input type=checkbox class=hid><span class='sw on'><i></i></span> {W}</div>"
)
NOT_GIVEN = {
    "invisible input beside what is drawn": f"<div><input type=checkbox role=switch class=hid><span class=sw><i></i></span><span>{W}</span></div>",
    "box off": f"<div><input type=checkbox> {W}</div>",
    "box off far, other on": f"<div class=row><div>{W}</div><div><input type=checkbox></div></div><div class=row><div>Okudum</div><div><input type=checkbox checked></div></div>",
    "read box on": f"<div><label><input type=checkbox checked> Okudum, onaylıyorum</label></div><div><label><input type=checkbox> {W}</label></div>",
    "read box on side by side": f"<div><label><input type=checkbox checked> Okudum, onaylıyorum</label> <label><input type=checkbox> {W}</label></div>",
    "read box on side by side 2": f"<div><input type=checkbox checked> Okudum, onaylıyorum <input type=checkbox> {W}</div>",
    "radio hayır": f"<div class=row><div>{W}</div><div><label><input type=radio name=r>Evet</label> <label><input type=radio name=r checked>Hayır</label></div></div>",
    "radio hayır first": f"<div>{W}: <label><input type=radio name=r checked>Hayır</label> <label><input type=radio name=r>Evet</label></div>",
    "select hayır": f"<div class=row><div>{W}</div><div><select><option selected>Hayır<option>Evet</select></div></div>",
    "text hayır": f"<div>{W}: Hayır</div>",
    "role off": f"<div>{W} <button role=switch aria-checked=false style='width:44px;height:22px'></button></div>",
    "nameless close": f"<div style='width:600px'><button onclick='x=1' style='float:right'><svg width=16 height=16></svg></button><h2>Sözleşme Onayı</h2><div>Adı Soyadı: Ali Rıza Mert</div><div><label><input type=checkbox> {W}</label></div><div><button>Onayla</button></div></div>",
    "nameless close beside nothing": f"<div style='width:600px'><button onclick='x=1' style='float:right'><svg width=16 height=16></svg></button><div style='clear:both'>Adı Soyadı: Ali Rıza Mert</div><div>Süre</div><div><label><input type=checkbox> {W}</label></div><div><button>Onayla</button></div></div>",
    "person": "<div><input type=checkbox checked> Ali Rıza Mert</div>",
    "list behind": f"<table><tr><th><input type=checkbox checked><th>Ad<th>Durum</tr><tr><td><input type=checkbox checked><td>Ali Rıza Veli<td>Onaylandı</tr></table><div><label><input type=checkbox> {W}</label></div>",
    "read box far on": f"<div class=row><div>Okudum, onaylıyorum</div><div><input type=checkbox checked></div></div><div class=row><div>{W}</div><div><input type=checkbox></div></div>",
    "link to the words": f"<div><label><input type=checkbox> {W}</label> <a href='#'>{W} metni</a></div>",
    "label pointer": f"<div style='display:flex'><label style='cursor:pointer' for=z>{W}</label><div style='width:300px'></div><input id=z type=checkbox></div>",
    "kabul read": "<div><input type=checkbox checked> Okudum, kabul ediyorum</div>",
    "hidden drawn off": f"<div><label><input type=checkbox class=hid><span class='sw'><i></i></span></label> {W}</div>",
    "buttons below": f"<div><div><label><input type=checkbox> {W}</label></div><div><button>Onayla</button> <button>Vazgeç</button></div></div>",
    "form with field": f"<form><div>Adı Soyadı</div><div>Ali Can</div><div class=row><div>{W}</div><div><input type=checkbox></div></div><button>Onayla</button><button aria-label=Kapat onclick='x=1'></button></form>",
}


@pytest.mark.parametrize("page", GIVEN)
def test_consent_that_is_on_or_cannot_be_told_is_seen(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("consent", STYLE + GIVEN[page], eyes, hand)
    assert consents_given(eyes.reader.settled())


@pytest.mark.parametrize("page", NOT_GIVEN)
def test_form_without_a_given_consent_is_not_held(page: str, eyes: Eyes, hand: Hand) -> None:
    opened("consent", STYLE + NOT_GIVEN[page], eyes, hand)
    assert consents_given(eyes.reader.settled()) == []
