"""A portal in the manner of ASP.NET WebForms with DevExpress / Telerik controls: frames, post backs, nested tables."""

from __future__ import annotations

import base64
import json
import random
import secrets
import time
from datetime import datetime
from typing import Any

from flask import Flask, Response, abort, redirect, render_template_string, request
from markupsafe import Markup

from tests.strangers.stage import TCKN, Stranger, arrive, contracts, sign_in, to_katip

NAMES = (
    "ADEM DENEME", "AYŞE YILDIZ DENEME", "AYŞE YILDIZ", "BURÇİN ÖRNEK", "CEMİLE IŞIK", "ÇAĞLA ÜNAL ÖRNEK", "DERYA DENEME",
    "EMİNE ÖRNEK", "FİKRET DENEME", "GÜL IŞIK DENEME", "GÜL IŞIK", "HASAN ŞIRIN ÖRNEK", "İBRAHİM ÖRNEK", "JALE ÖZGÜR DENEME",
    "KÂZIM ÖRNEK", "LEYLA DENEME", "MÜJDE IRMAK ÖRNEK", "NECDET DENEME", "OĞUZ ÖRNEK", "PELİN ÇINAR DENEME", "RIZA DENEME",
    "ŞÜKRÜ DENEME",
)
STATUSES = (
    "Onaylandı", "Onaylandı", "Onay Bekliyor", "Reddedildi", "Onay Bekliyor", "Onaylandı", "Onaylandı", "İptal Edildi", "Onaylandı",
    "Onaylandı", "Onaylandı", "Onaylandı", "Onay Bekliyor", "Fesih Edildi", "Onaylandı", "Onaylandı", "Onaylandı", "Onay Bekliyor",
    "Onaylandı", "Onaylandı", "Onaylandı", "Onay Bekliyor",
)


def svg(inner: str, width: int = 16, height: int = 16) -> str:
    """A picture as an address."""
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{inner}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(whole.encode()).decode()


PLUS = svg('<rect x="3.5" y="3.5" width="9" height="9" fill="#fff" stroke="#888"/><path d="M5.5 8h5M8 5.5v5" stroke="#000"/>')
MINUS = svg('<rect x="3.5" y="3.5" width="9" height="9" fill="#fff" stroke="#888"/><path d="M5.5 8h5" stroke="#000"/>')
BIN = svg('<path d="M4 5h8l-1 9H5zM3 3h10" stroke="#a00" fill="none"/>')
LENS = svg('<circle cx="7" cy="7" r="4" stroke="#246" fill="none"/><path d="M10 10l4 4" stroke="#246"/>')
DISK = svg('<rect x="2" y="2" width="12" height="12" fill="#357"/><rect x="5" y="3" width="6" height="4" fill="#fff"/>')
DOT = svg('<circle cx="8" cy="8" r="5" fill="#4a7"/>')
SIGN = svg('<rect width="130" height="38" rx="6" fill="#c33"/><text x="65" y="25" fill="#fff" font-size="17" font-family="Arial" '
           'text-anchor="middle">İSG Katip</text>', 130, 38)

SITE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Yabancı OSGB</title></head>
<body bgcolor="#ffffff" topmargin="0" style="margin:0;font-family:Verdana;font-size:12px"><table width="1000" align="center" cellpadding="0"
 cellspacing="0"><tr height="80"><td width="220"><font size="5" color="#336699">YABANCI OSGB</font></td><td><a href="#">Anasayfa</a> |
 <a href="#">Hakkımızda</a> | <a href="#">Referanslar</a> | <a href="#">İletişim</a></td><td align="right"><a href="{{ to }}"
 target="_blank"><img src="{{ sign }}" alt="İSG Katip" border="0"></a></td></tr><tr><td colspan="3" height="300" bgcolor="#eef3f8"
 align="center"><marquee scrollamount="3">Sözleşmelerinizi İSG-KATİP üzerinden onaylamayı unutmayınız.</marquee></td></tr></table>
</body></html>"""

EDEVLET = """<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</title><style>
body{font:13px Tahoma;background:#dfe6ec}#k{width:640px;margin:40px auto;background:#fff;padding:20px;border:1px solid #aab}
td{padding:6px}.e{color:#c00}</style></head><body><div id="k"><h2>e-Devlet Kapısı Kimlik Doğrulama Sistemi</h2>
<p>Bağlanılan uygulama : <b>İş Sağlığı ve Güvenliği Yönetim Hizmetleri</b></p>{% if said %}<p class="e">{{ said }}</p>{% endif %}
<form method="post" action="/Giris/gir" autocomplete="off"><table><tr><td>T.C. Kimlik No</td><td>:</td><td><input type="text"
 name="tridField" maxlength="11"></td></tr><tr><td>e-Devlet Şifresi</td><td>:</td><td><input type="password" name="egpField"></td></tr>
<tr><td colspan="3" align="right"><input type="button" value="İptal Et"> <input type="submit" name="giris" value="Sisteme Giriş Yap"></td>
</tr></table></form><p><a href="#">Mobil İmza</a> | <a href="#">Elektronik İmza</a> | <a href="#">İnternet Bankacılığı</a></p></div>
</body></html>"""

HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"><title>
	İSG-KATİP
</title><style type="text/css">
body{margin:0;font:12px Tahoma,Geneva,sans-serif;color:#222}a{color:#1e3c66}
fieldset{border:1px solid #9ab;width:400px;height:120px;float:left;margin:14px}legend{font-weight:bold;color:#1e3c66}
.dugme{font:bold 12px Tahoma;padding:5px 12px}
.dxmLite{background:#dfe8f4;border:1px solid #8ba0bc}.dxmLite ul{list-style:none;margin:0;padding:2px;display:flex}
.dxm-item{padding:4px 6px;cursor:pointer;white-space:nowrap}.dxm-item:hover{background:#ffe8a6}.dxm-disabled,.dxm-disabled:hover{color:#a0a0a0;
background:none;cursor:default}.dxm-disabled img{opacity:.3}.dxm-image{vertical-align:middle;margin-right:3px}
.dxgvControl{border:1px solid #8ba0bc;width:100%;border-collapse:separate}.dxgvTable{border-collapse:collapse;width:100%;background:#fff}
.dxgvTable>tbody>tr>td{border:1px solid #cfd8e6;padding:3px 5px;font-size:12px}.dxgvHeader{background:#dfe8f4;text-align:left}
.dxgvHeader table{width:100%;border-collapse:collapse}.dxgvBand{text-align:center;background:#c9d7ea;font-weight:bold}
.dxgvFilterRow{background:#f4f7fb}.dxgvFilterRow input{width:92%;border:1px solid #a3b4cc;font-size:11px}
.dxgvFooter td{background:#eaf0f8;font-weight:bold}.dxgvFocusedRow{background:#f3f3dc}.dxgvSelectedRow{background:#fde6a9}
.dxgvGroupPanel{padding:6px;background:#c9d7ea;color:#567}
.dxICheckBox{display:inline-block;width:15px;height:15px;border:1px solid #6b7f99;background:#fff;cursor:default;text-align:center;
line-height:13px;font-size:13px}.dxWeb_edtCheckBoxChecked:after{content:"\\2713"}.dxKBSW{display:inline-block;width:0;height:0;overflow:hidden}
.dxpLite{padding:5px}.dxp-num,.dxp-summary{margin:0 4px}.dxp-current{font-weight:bold}
.dxlpLoadingDiv{position:fixed;inset:0;background:#fff;opacity:.5;z-index:11000;display:none}
.dxlpLoadingPanel{position:fixed;left:45%;top:40%;border:1px solid #889;background:#fff;padding:12px 18px;z-index:11001;display:none}
.dxpcModalBackLite{position:fixed;inset:0;background:#777;opacity:.5;z-index:11998;display:none}
.dxpcLite{position:fixed;z-index:12000;background:#fff;border:1px solid #678;box-shadow:2px 2px 12px #666;opacity:0;transition:opacity .3s;
display:none}.dxpc-header{background:#c9d7ea;padding:7px 9px;font-weight:bold;display:flex;justify-content:space-between}
.dxpc-content iframe{border:0;width:100%;height:100%;display:block}
.dxbButton{display:inline-block;border:1px solid #7c8ca5;background:linear-gradient(#fff,#d8e2f0);cursor:pointer;user-select:none}
.dxb{padding:4px 22px;text-align:center}.dxb-hbc{overflow:hidden;width:0;height:0;padding:0;position:absolute;z-index:-1}
.dxb-hb{opacity:.01;border:0;padding:0;margin:0;width:1px;height:1px;font-size:0}
.lbl{white-space:nowrap;padding:5px 3px}.sep{padding:5px 1px;width:6px}.val{padding:5px 10px 5px 3px}
.dxeTextBox{border:1px solid #b9c5d6;background:#f5f5f5;border-collapse:collapse}.dxeTextBox input{border:0;background:transparent;width:110px;
font:12px Tahoma}.toolbtn{display:inline-block;padding:3px 8px;border:1px solid transparent;text-decoration:none}
.toolbtn:hover{border-color:#88a}
.d0{background:#9fd8a4}.d1{background:#ffd27a}.d2{background:#f0a0a0}.durum{padding:1px 6px;border-radius:2px}
</style></head>"""

FORM_TOP = """<form name="aspnetForm" method="post" action="{{ request.full_path.rstrip('?') }}" id="aspnetForm"><div class="aspNetHidden">
<input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT"
 value=""><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{{ vs }}"></div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
function __doPostBack(eventTarget, eventArgument) {
    if (!theForm.onsubmit || (theForm.onsubmit() != false)) {
        theForm.__EVENTTARGET.value = eventTarget;
        theForm.__EVENTARGUMENT.value = eventArgument;
        if (window.Sys && Sys.async.indexOf(eventTarget) >= 0) { Sys.post(); return; }
        if (window.bekle) bekle(true);
        theForm.submit();
    }
}
//]]>
</script>"""

ENTRY = HEAD + """<body>""" + FORM_TOP + """<div style="width:620px;margin:80px auto;text-align:center;border:1px solid #9ab;padding:30px">
<h3>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı</h3><a id="lnkGiris" class="dugme"
 href="javascript:__doPostBack('lnkGiris','')">İSG KATİP Giriş</a></div></form></body></html>"""

MAIN = HEAD + """<body>""" + FORM_TOP + """<div style="width:900px;margin:20px auto">
<fieldset><legend>Kayıtlı Kullanıcı Girişi</legend><p>OSGB, hizmet alan işyeri, İSG profesyoneli</p><input type="submit" name="btnKayitli"
 value="Kayıtlı Kullanıcı Girişi" id="btnKayitli" class="dugme"></fieldset>
<fieldset><legend>Sorgulama &amp; Başvuru</legend><p>Belge sorgulama, başvurular</p><input type="submit" name="btnSorgu"
 value="Sorgulama &amp; Başvuru" class="dugme"></fieldset>
<fieldset><legend>Vazgeç &amp; Çıkış Yap</legend><p>e-Devlet kapısına döner</p><input type="submit" name="btnVazgec"
 value="Vazgeç &amp; Çıkış Yap" class="dugme"></fieldset>
<fieldset><legend>İSG-KATİP Kullanıcı Kılavuzu</legend><p>Kılavuz</p><input type="button" value="İSG-KATİP Kullanıcı Kılavuzu"
 class="dugme"></fieldset></div></form></body></html>"""

CHOICE = HEAD + """<body>""" + FORM_TOP + """<div style="width:980px;margin:20px auto">
{% if said %}<span id="lblHata" style="color:Red">{{ said }}</span>{% endif %}
<table id="rblKurum" border="0">{% for w in places %}<tr><td><input id="rblKurum_{{ loop.index0 }}" type="radio" name="rblKurum"
 value="{{ loop.index0 }}"{% if chosen == loop.index0 %} checked="checked"{% else %}
 onclick="javascript:setTimeout('__doPostBack(\\'rblKurum${{ loop.index0 }}\\',\\'\\')', 0)"{% endif %}><label for="rblKurum_{{ loop.index0
 }}">{{ w.spoken }}</label></td></tr>{% endfor %}</table>
<p><input type="submit" name="btnGiris" value="Kayıtlı Kullanıcı Girişi" id="btnGiris" class="dugme"> <input type="submit" name="btnVazgec"
 value="Vazgeç &amp; Çıkış Yap" id="btnVazgec" class="dugme"></p><p>Eğer Sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki
 listede gözükmüyor veya SGK kayıtlarında E-Bildirge Kullanıcısını değiştirmiş (güncellemiş) iseniz aşağıdaki <b>E-Bildirge Kullanıcısı
 Güncelle</b> butonuna basınız.</p><p><input type="submit" name="btnGuncelle" value="E-Bildirge Kullanıcısı Güncelle" class="dugme">
 <input type="button" value="İSG-KATİP Kullanıcı Kılavuzu" class="dugme"></p></div></form></body></html>"""

FRAMESET = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN"><html><head><meta charset="utf-8"><title>İş Sağlığı ve Güvenliği
 Kayıt, Takip ve İzleme Programı</title></head><frameset rows="58,*" frameborder="0" border="0"><frame src="Ust.aspx" name="ust"
 scrolling="no" noresize><frameset cols="250,*"><frame src="Menu.aspx" name="menu"><frame src="Hosgeldiniz.aspx" name="icerik"></frameset>
<noframes><body>Tarayıcınız çerçeveleri desteklemiyor.</body></noframes></frameset></html>"""

TOP = HEAD + """<body style="background:#24476f;color:#fff;padding:8px"><b>T.C. AİLE, ÇALIŞMA VE SOSYAL HİZMETLER BAKANLIĞI - İSG-KATİP
 v9.19.01.10</b><div style="float:right">Kurum Bilgileri | Kullanıcı Bilgileri | Kullanıcı Kılavuzu | Kurum Kep Adresi</div></body></html>"""

MENU = HEAD + """<body style="background:#f0f4f9">""" + FORM_TOP + """<div id="tv" style="padding:8px">
{% macro leaf(text, href, target, depth) %}<table cellpadding="0" cellspacing="0" style="border-width:0"><tr>{% if depth %}<td><div
 style="width:20px;height:1px"></div></td>{% endif %}<td><img src="{{ dot }}" alt="" style="border-width:0"></td><td
 style="white-space:nowrap"><a class="tv_0" href="{{ href }}"{% if target %} target="{{ target }}"{% endif %}>{{ text }}</a></td></tr>
</table>{% endmacro %}{% macro node(text, kids) %}{% set open = text in opened %}<table cellpadding="0" cellspacing="0"
 style="border-width:0"><tr><td><a href="javascript:__doPostBack('tv','t{{ text }}')"><img src="{{ minus if open else plus }}"
 alt="{{ 'Daralt' if open else 'Genişlet' }} {{ text }}" style="border-width:0"></a></td><td style="white-space:nowrap"><a class="tv_0"
 href="javascript:__doPostBack('tv','t{{ text }}')">{{ text }}</a></td></tr></table>{% if open %}<div style="display:block">{% for k in kids
 %}{{ leaf(k, 'Sozlesmeler.aspx' if k == 'Sözleşmeler' else 'Bos.aspx?s=' ~ loop.index0, 'icerik', 1) }}{% endfor %}</div>{% endif
 %}{% endmacro %}
{{ leaf('Ana Sayfa', 'Hosgeldiniz.aspx', 'icerik', 0) }}{{ leaf('Güvenli Çıkış', "javascript:__doPostBack('tv','sCikis')", '', 0)
}}{{ leaf('Anket', 'Bos.aspx?s=anket', 'icerik', 0) }}{{ node('İsg Profesyonelleri', ['Uzman Arama', 'Hekim Arama']) }}{{
node('Hizmet Alan İşyeri Modülü', subs) }}{{ leaf('Kurum Değiştir', 'KurumSec.aspx', '_top', 0) }}{{
leaf('Güvenli Çıkış', "javascript:__doPostBack('tv','sCikis')", '', 0) }}</div></form></body></html>"""

SUBS = ["Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler", "Sorumlu Müdür İşlemleri",
        "Yetki Belgesi Başvuruları", "Dosyalar", "Gezici İSG Araç Sözleşme", "Kurum Özel Statü İİ"]

WELCOME = HEAD + """<body style="padding:14px"><table class="dxrp" width="760" border="0"><tr><td><h3>HOŞGELDİNİZ</h3>Hoşgeldiniz Sayın
 DENEME KULLANICI<br><br>Personel Kategorisi: <b>Hizmet Alan İşyeri E-Bildirge Kullanıcısı</b>,<br>Kullanıcı Grubu: <b>Hizmet Alan İşyeri
 Kullanıcısı</b>.<br><br>Sisteme <span id="lblTarih">{{ now }}</span> tarihinde, <span id="lblTc">{{ tc }}</span> ve <span
 id="lblIp">{{ ip }}</span> ile Girişiniz Kayıt Altına Alındı. Sistemde Yaptığınız Tüm İşlemler Kayıt Altında Tutulmaktadır.</td></tr>
<tr><td><h3>SİZE ÖZEL</h3>Size özel mesaj bulunmamaktadır.</td></tr><tr><td><h3>ONAY BEKLEYEN SÖZLEŞMELER</h3><span id="lblBekleyen"
 style="color:#c00">{{ pending }} adet Onay Bekleyen Sözleşmeniz Bulunuyor.</span></td></tr></table></body></html>"""

TOOLS = ["Yeni", "İşe Grv.", "Onayla", "Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır", "Export", "Tazele",
         "Sözleşmeleri Diğer İşyerlerim"]

BAR = """<div class="dxmLite" id="ctl00_cph_mnu"><ul class="dx dxm-image-l dxm-noWidth">{% for text, off in tools %}<li
 class="dxm-item{{ ' dxm-disabled' if off }}" id="ctl00_cph_mnu_DXI{{ loop.index0 }}_"{% if not off %}
 onclick="__doPostBack('ctl00$cph$mnu','CLICK:{{ loop.index0 }}')"{% endif %}><div class="dxm-content dxm-hasText"><img class="dxm-image"
 src="{{ dot }}" alt=""><span class="dx-vam dxm-contentText">{{ text }}</span></div></li>{% endfor %}</ul></div>"""

COLUMNS = [("Adı Soyadı", "name"), ("Personel Kategorisi", "category"), ("Grv. Türü", "duty"), ("Çalışma Şekli", "work"),
           ("Grv. Başlama Trh.", "start"), ("Grv. Ayrılış Trh.", "end"), ("Grv. Onay Durumu", "status"), ("Çalışma Durumu", "state")]

LIST = HEAD + """<body>""" + FORM_TOP + """
<input type="hidden" name="ctl00$cph$grid$Sel" id="ctl00_cph_grid_Sel" value="">
<div id="ctl00_cph_UpdatePanel1">{{ bar }}</div>
<table class="dxgvControl" id="ctl00_cph_grid" cellspacing="0" cellpadding="0"><tr><td>
<div class="dxgvGroupPanel" id="ctl00_cph_grid_grouppanel">Gruplamak için bir sütun başlığını buraya sürükleyin</div>
<table id="ctl00_cph_grid_DXMainTable" class="dxgvTable" cellspacing="0" cellpadding="0"><tbody>
<tr id="ctl00_cph_grid_DXBandsRow"><td class="dxgvHeader" colspan="2">&nbsp;</td><td class="dxgvHeader dxgvBand" colspan="2">İSG
 Profesyoneli</td><td class="dxgvHeader dxgvBand" colspan="4">Görevlendirme</td><td class="dxgvHeader dxgvBand" colspan="2">Durum</td></tr>
<tr id="ctl00_cph_grid_DXHeadersRow0"><td class="dxgvHeader" style="width:24px">{{ check('tumu') }}</td><td class="dxgvHeader">İşlem</td>
{% for label, _ in columns %}<td id="ctl00_cph_grid_col{{ loop.index0 }}" class="dxgvHeader" style="cursor:pointer"><table cellspacing="0"
 cellpadding="0"><tr><td>{{ label }}</td><td style="width:1px;padding-left:5px"><span class="dx-vam">&nbsp;</span></td></tr></table></td>
{% endfor %}</tr>
<tr id="ctl00_cph_grid_DXFilterRow" class="dxgvFilterRow"><td>&nbsp;</td><td>&nbsp;</td>{% for _, key in columns %}<td><table width="100%"
 cellspacing="0"><tr><td class="dxic"><input class="dxeEditArea dxeEditAreaSys" name="ctl00$cph$grid$DXFREditorcol{{ loop.index0 }}"
 value="{{ filters.get(key, '') }}" type="text" onchange="__doPostBack('ctl00$cph$grid','FILTER')"></td></tr></table></td>{% endfor %}</tr>
{% for r in rows %}<tr id="ctl00_cph_grid_DXDataRow{{ first + loop.index0 }}" class="dxgvDataRow" onclick="odak(this)"><td
 class="dxgvCommandColumn dxgv" align="center">{{ check(r.key) }}</td><td class="dxgvCommandColumn dxgv" style="white-space:nowrap"><a
 href="javascript:void(0)" onclick="dokun('satır Detay')"><img src="{{ lens }}" title="Detay" border="0"></a>&nbsp;<a
 href="javascript:void(0)" onclick="dokun('satır Sil');return confirm('Silmek istediğinize emin misiniz?')"><img src="{{ bin }}" title="Sil"
 border="0"></a></td>{% for _, key in columns %}<td class="dxgv">{% if key == 'status' %}<span class="durum d{{ colour(r) }}">{{ r.status
 }}</span>{% else %}{{ r[key] or '\xa0' }}{% endif %}</td>{% endfor %}</tr>{% endfor %}
<tr id="ctl00_cph_grid_DXFooterRow" class="dxgvFooter"><td>&nbsp;</td><td>&nbsp;</td><td class="dxgv">Sayfa Toplamı={{ rows|length }}</td>
<td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td><td class="dxgv">Onay Bekleyen={{ waiting }}</td><td>&nbsp;</td>
</tr><tr class="dxgvFooter"><td colspan="2">&nbsp;</td><td class="dxgv" colspan="8">Genel Toplam={{ total }}</td></tr></tbody></table>
<div class="dxgvPagerBottomPanel"><div class="dxpLite" id="ctl00_cph_grid_DXPagerBottom"><b class="dxp-lead dxp-summary">Sayfa {{ page + 1 }}
 Toplam {{ pages }}, Kayıtlar {{ first + 1 }} - {{ first + rows|length }}</b>{% if block %}<a class="dxp-num"
 href="javascript:__doPostBack('ctl00$cph$grid','Page${{ block * 3 }}')">...</a>{% endif %}{% for p in numbers %}{% if p == page %}<b
 class="dxp-num dxp-current">{{ p + 1 }}</b>{% else %}<a class="dxp-num" href="javascript:__doPostBack('ctl00$cph$grid','Page${{ p + 1
 }}')">{{ p + 1 }}</a>{% endif %}{% endfor %}{% if block * 3 + 3 < pages %}<a class="dxp-num"
 href="javascript:__doPostBack('ctl00$cph$grid','Page${{ block * 3 + 4 }}')">...</a>{% endif %}<span style="margin-left:40px">Sayfa
 Boyutu:</span> <select name="ctl00$cph$grid$DXPSize" onchange="__doPostBack('ctl00$cph$grid','PSIZE')">{% for n in (5, 10) %}<option
 value="{{ n }}"{{ ' selected' if n == size }}>{{ n }}</option>{% endfor %}</select></div></div></td></tr></table>
<div class="dxlpLoadingDiv" id="lpDiv"></div><div class="dxlpLoadingPanel" id="lp">Lütfen bekleyiniz&hellip;</div>
<div class="dxpcModalBackLite" id="ctl00_cph_pop_DXPWMB-1"></div>
<div class="dxpcLite" id="ctl00_cph_pop_PW-1" style="left:110px;top:30px;width:640px;height:340px"><div class="dxpc-header"><span
 class="dxpc-headerText">SÖZLEŞME ONAY</span><span class="dxpc-closeBtn" onclick="popKapat()" title="Kapat">&#10005;</span></div><div
 class="dxpc-contentWrapper" style="height:300px"><div class="dxpc-content" style="height:100%" id="ctl00_cph_pop_CIF"></div></div></div>
<div class="dxpcModalBackLite" id="ctl00_cph_msg_DXPWMB-1" style="z-index:12050"></div>
<div class="dxpcLite" id="ctl00_cph_msg_PW-1" style="left:250px;top:140px;width:360px;z-index:12100"><div class="dxpc-header"><span
 class="dxpc-headerText">İSG-KATİP</span></div><div class="dxpc-content" style="padding:14px"><table><tr><td><img src="{{ dot }}"
 alt=""></td><td><span id="ctl00_cph_msg_lblMesaj"></span></td></tr><tr><td colspan="2" align="center" style="padding-top:14px"><div
 class="dxbButton dxbButtonSys dxbTSys" id="ctl00_cph_msg_btnTamam" onclick="tamam()"><div class="dxb"><div class="dxb-hbc"><input
 id="ctl00_cph_msg_btnTamam_I" class="dxb-hb" value="OK" type="button" name="ctl00$cph$msg$btnTamam" readonly></div><span
 class="dx-vam">OK</span></div></div></td></tr></table></div></div>
<div class="dxpcLite" id="ctl00_cph_sil_PW-1" style="width:300px"><div class="dxpc-content"><span>Kayıt silinsin mi?</span> <div
 class="dxbButton"><div class="dxb"><span class="dx-vam">Evet</span></div></div> <div class="dxbButton"><div class="dxb"><span
 class="dx-vam">Hayır</span></div></div></div></div>
<script type="text/javascript">
//<![CDATA[
function $get(i){return document.getElementById(i)}
function bekle(on){$get('lpDiv').style.display=$get('lp').style.display=on?'block':'none'}
function dokun(b){navigator.sendBeacon('/dokun?b='+encodeURIComponent(b))}
function odak(tr){document.querySelectorAll('.dxgvFocusedRow').forEach(function(r){r.classList.remove('dxgvFocusedRow')});
 tr.classList.add('dxgvFocusedRow')}
var secili=[];
function isaretle(s,k){var on=!s.classList.contains('dxWeb_edtCheckBoxChecked');
 var l=k==='tumu'?[].slice.call(document.querySelectorAll('.dxgvDataRow .dxICheckBox')):[s];
 if(k==='tumu')boya(s,on);
 l.forEach(function(c){boya(c,on);var q=c.getAttribute('data-k'),i=secili.indexOf(q);if(on&&i<0)secili.push(q);if(!on&&i>=0)secili.splice(i,1);
  c.closest('tr').classList.toggle('dxgvSelectedRow',on)});
 $get('ctl00_cph_grid_Sel').value=secili.join(',');
 clearTimeout(isaretle.t);isaretle.t=setTimeout(function(){__doPostBack('ctl00$cph$sel','')},60)}
function boya(c,on){c.classList.toggle('dxWeb_edtCheckBoxChecked',on);c.classList.toggle('dxWeb_edtCheckBoxUnchecked',!on);
 var n=c.querySelector('input');if(n&&n.type==='checkbox')n.checked=on}
var Sys={async:['ctl00$cph$sel','ctl00$cph$mnu'],ctl:null,post:function(){
 if(Sys.ctl)Sys.ctl.abort();var mine=Sys.ctl=new AbortController();
 var t=setTimeout(function(){bekle(true)},120);
 var b=new URLSearchParams(new FormData(theForm));b.set('__ASYNCPOST','true');
 fetch(theForm.action,{method:'POST',signal:mine.signal,headers:{'X-MicrosoftAjax':'Delta=true'},body:b}).then(function(r){
  if(!r.ok)throw new Error('Sys.WebForms.PageRequestManagerServerErrorException: '+r.status);return r.text()}).then(function(s){
  clearTimeout(t);bekle(false);Sys.ctl=null;var scripts=[];
  while(s.length){var a=s.indexOf('|'),n=+s.slice(0,a);s=s.slice(a+1);a=s.indexOf('|');var type=s.slice(0,a);s=s.slice(a+1);a=s.indexOf('|');
   var id=s.slice(0,a);s=s.slice(a+1);var c=s.slice(0,n);s=s.slice(n+1);
   if(type==='updatePanel')$get(id).innerHTML=c;else if(type==='hiddenField')$get(id).value=c;
   else if(type==='scriptStartupBlock')scripts.push(c);else if(type==='pageRedirect')location.href=decodeURIComponent(c)}
  scripts.forEach(function(c){(0,eval)(c)})}).catch(function(e){if(e.name==='AbortError')return;clearTimeout(t);bekle(false);alert(e.message)})}};
function ac(p){var d=$get(p+'_PW-1');$get(p+'_DXPWMB-1').style.display='block';d.style.display='block';setTimeout(function(){
 d.style.opacity=1},20)}
function kapa(p){var d=$get(p+'_PW-1');d.style.opacity=0;$get(p+'_DXPWMB-1').style.display='none';setTimeout(function(){d.style.display=
 'none'},300)}
function popAc(url){$get('ctl00_cph_pop_CIF').innerHTML='<iframe name="ctl00_cph_pop_CIF-1" scrolling="auto" frameborder="0" src="'+url+
 '"></iframe>';ac('ctl00_cph_pop')}
function popKapat(){kapa('ctl00_cph_pop');setTimeout(function(){$get('ctl00_cph_pop_CIF').innerHTML=''},310)}
function mesajGoster(m){$get('ctl00_cph_msg_lblMesaj').textContent=m;ac('ctl00_cph_msg')}
function tamam(){kapa('ctl00_cph_msg');onaySonuc()}
function onaySonuc(){popKapat();setTimeout(function(){__doPostBack('ctl00$cph$grid','REFRESH')},330)}
//]]>
</script></form></body></html>"""

POPUP = HEAD + """<body style="background:#fff">""" + FORM_TOP + """<div style="background:#dfe8f4;border-bottom:1px solid #8ba0bc;padding:3px">
<a id="btnKayit" class="toolbtn" href="javascript:__doPostBack('btnKayit','')"><img src="{{ disk }}" alt="" border="0" align="absmiddle">
 Kayıt</a></div><table cellspacing="0" cellpadding="0" style="margin:8px">
{% macro box(v) %}<table class="dxeTextBox" cellspacing="0"><tr><td class="dxic"><input type="text" value="{{ v }}" readonly="readonly"
 class="dxeEditArea"></td></tr></table>{% endmacro %}
<tr><td class="lbl">Adı Soyadı</td><td class="sep">:</td><td class="val"><span id="lblAdSoyad">{{ c.name }}</span></td><td
 class="lbl">Görevlendirme ID</td><td class="sep">:</td><td class="val"><span id="lblId">{{ c.gorevlendirme_id }}</span></td></tr>
<tr><td class="lbl">Ayl. Çlş. Süresi (Dk)</td><td class="sep">:</td><td class="val">{{ box(c.minutes) }}</td><td class="lbl">Ayl. Fzl. Mesai
 Süresi (Dk)</td><td class="sep">:</td><td class="val">{{ box(c.overtime) }}</td></tr>
<tr><td class="lbl">Kalan Max. Ayl. Çlş.<br>Süresi (Dk)</td><td class="sep">:</td><td class="val">{{ box(c.rest) }}</td><td
 class="lbl">Kalan Max. Ayl. Fzl.<br>Mesai Süresi (Dk)</td><td class="sep">:</td><td class="val">{{ box(c.rest_overtime) }}</td></tr>
<tr><td class="lbl">Açıklama</td><td class="sep">:</td><td class="val" colspan="4"><textarea name="txtAciklama" rows="3"
 cols="58"></textarea></td></tr></table></form>{% if run %}<script type="text/javascript">
//<![CDATA[
{{ run }}
//]]>
</script>{% endif %}</body></html>"""

OUT = HEAD + """<body><div style="margin:60px auto;width:500px;border:1px solid #9ab;padding:20px">{{ text }}</div></body></html>"""


class WebForms(Stranger):
    """WebForms: a frameset, post backs, a grid of nested tables with check boxes, the form in a window's frame."""

    setting = staticmethod(lambda: {"contracts": contracts(NAMES, STATUSES)})

    def site(self, app: Flask) -> None:
        play = self.play

        @app.get("/")
        def start() -> str:
            return render_template_string(SITE, to=play.origin("katip") + "/Giris.aspx", sign=SIGN)

    def edevlet(self, app: Flask) -> None:
        play = self.play

        @app.route("/Giris/gir", methods=["GET", "POST"])
        def gate() -> Any:
            if request.method == "GET":
                return render_template_string(EDEVLET, said="")
            time.sleep(0.4)
            if sign_in(play, request.form["tridField"], request.form["egpField"]):
                return to_katip(play)
            return render_template_string(EDEVLET, said="Girdiğiniz bilgiler hatalıdır.")

    def katip(self, app: Flask) -> None:
        play = self.play

        def wait(least: float = 0.1, most: float = 0.6) -> None:
            time.sleep(random.uniform(least, most))

        def pack(state: dict[str, Any]) -> str:
            return base64.b64encode(json.dumps(state | {"x": secrets.token_hex(20)}).encode()).decode()

        def unpack() -> dict[str, Any]:
            return json.loads(base64.b64decode(request.form["__VIEWSTATE"]))

        def page(markup: str, state: dict[str, Any] | None = None, **more: Any) -> str:
            return render_template_string(markup, vs=pack(state or {}), dot=DOT, plus=PLUS, minus=MINUS, bin=BIN, lens=LENS, disk=DISK, **more)

        def mine() -> dict[str, Any]:
            session = play.session()
            if session is None:
                abort(401)
            return session

        def over(to: str) -> str:
            return f"<html><body><script>top.location.href='{to}';</script></body></html>"

        @app.errorhandler(401)
        def gone(_: Any) -> Any:
            if request.form.get("__ASYNCPOST"):
                return Response(delta(("pageRedirect", "", "/Oturum.aspx")), content_type="text/plain; charset=utf-8")
            return over("/Oturum.aspx")

        @app.get("/")
        def root() -> Any:
            return redirect("/Giris.aspx")

        @app.route("/Giris.aspx", methods=["GET", "POST"])
        def entry() -> Any:
            if request.method == "GET":
                return page(ENTRY)
            wait()
            return redirect(play.origin("edevlet") + "/Giris/gir")

        @app.get("/giris")
        def ticket() -> Any:
            return arrive("/AnaMenu.aspx")

        @app.route("/AnaMenu.aspx", methods=["GET", "POST"])
        def main_menu() -> Any:
            mine()
            if request.method == "GET":
                return page(MAIN)
            wait()
            if "btnKayitli" in request.form:
                return redirect("/KurumSec.aspx")
            if "btnVazgec" in request.form:
                play.leave()
                return redirect("/Cikis.aspx")
            play.note("touched", button="Sorgulama & Başvuru")
            return page(MAIN)

        @app.route("/KurumSec.aspx", methods=["GET", "POST"])
        def choice() -> Any:
            mine()
            if request.method == "GET":
                return page(CHOICE, places=play.workplaces, chosen=None, said="")
            wait()
            number = request.form.get("rblKurum")
            chosen = int(number) if number else None
            if "btnGuncelle" in request.form:
                play.note("touched", button="E-Bildirge Kullanıcısı Güncelle")
            if "btnVazgec" in request.form:
                play.leave()
                return redirect("/Cikis.aspx")
            if "btnGiris" in request.form and chosen is not None:
                play.choose(play.workplaces[chosen].sgk)
                return redirect(f"/Default.aspx?state={secrets.token_hex(16)}")
            said = "Lütfen işyeri seçiniz." if "btnGiris" in request.form else ""
            return page(CHOICE, places=play.workplaces, chosen=chosen, said=said)

        @app.get("/Default.aspx")
        def default() -> str:
            mine()
            return FRAMESET

        @app.get("/Ust.aspx")
        def top() -> str:
            return page(TOP)

        @app.route("/Menu.aspx", methods=["GET", "POST"])
        def menu() -> Any:
            mine()
            opened: list[str] = []
            if request.method == "POST":
                wait()
                opened = unpack()["opened"]
                what = request.form["__EVENTARGUMENT"]
                if what == "sCikis":
                    play.leave()
                    return over("/Cikis.aspx")
                if what.startswith("t"):
                    opened = [o for o in opened if o != what[1:]] if what[1:] in opened else [*opened, what[1:]]
            return page(MENU, {"opened": opened}, opened=opened, subs=SUBS)

        @app.get("/Hosgeldiniz.aspx")
        def welcome() -> str:
            mine()
            wait()
            now = datetime.now().strftime("%d.%m.%Y %H:%M:%S")
            return page(WELCOME, now=now, tc=TCKN, ip="192.0.2.91", pending=play.pending())

        @app.get("/Bos.aspx")
        def empty() -> str:
            play.note("touched", button="menu " + request.args.get("s", ""))
            return page(OUT, text="Kayıt bulunamadı.")

        @app.post("/dokun")
        def touch() -> Response:
            play.note("touched", button=request.args["b"])
            return Response(status=204)

        @app.get("/Cikis.aspx")
        def out() -> str:
            return page(OUT, text="Güvenli çıkış yapıldı. Tarayıcınızı kapatabilirsiniz.")

        @app.get("/Oturum.aspx")
        def ended() -> str:
            return page(OUT, text="Oturumunuz sona ermiştir.")

        # -- the grid ------------------------------------------------------------------------------------------

        def check(key: str) -> Markup:
            return Markup('<span class="dxICheckBox dxWeb_edtCheckBoxUnchecked dxe" data-k="{0}" onclick="isaretle(this,\'{0}\');'
                          'event.stopPropagation()"><span class="dxKBSW"><input value="U" type="text" readonly="readonly" '
                          'style="opacity:0;width:1px;height:1px;position:relative;display:block;margin:0;padding:0;border-width:0">'
                          "</span></span>").format(key)

        def bar(chosen: list[str]) -> Markup:
            tools = []
            for text in TOOLS:
                off = text in ("Sözleşme İptal", "Sil", "Detay Yazdır", "Sözleşme Yazdır") and not chosen
                if text == "Onayla":
                    off = len(chosen) != 1 or play.by_key(chosen[0]).status != "Onay Bekliyor"
                tools.append((text, off))
            return Markup(render_template_string(BAR, tools=tools, dot=DOT))

        def colour(row: dict[str, Any]) -> int:
            return {"Onaylandı": 0, "Onay Bekliyor": 1}.get(play.by_key(row["key"]).status, 2)

        def lower(text: str) -> str:
            return text.replace("İ", "i").replace("I", "ı").lower()

        def whole(state: dict[str, Any]) -> str:
            filters, size = state["filters"], state["size"]
            rows = [r for r in play.rows() if all(lower(f) in lower(r[k]) for k, f in filters.items())]
            pages = max(1, -(-len(rows) // size))
            state["page"] = number = min(state["page"], pages - 1)
            block, first = number // 3, number * size
            return page(
                LIST, state, bar=bar([]), columns=COLUMNS, rows=rows[first : first + size], first=first, page=number, pages=pages,
                block=block, numbers=range(block * 3, min(pages, block * 3 + 3)), size=size, filters=filters, total=len(rows),
                waiting=sum(colour(r) == 1 for r in rows), check=check, colour=colour,
            )

        def delta(*parts: tuple[str, str, str]) -> str:
            return "".join(f"{len(content)}|{kind}|{name}|{content}|" for kind, name, content in parts)

        def rebind(state: dict[str, Any], argument: str) -> None:
            if argument.startswith("Page$"):
                state["page"] = int(argument[5:]) - 1
                return
            # a new size, a filter, a refresh: bound again from the first page
            typed = {key: request.form[f"ctl00$cph$grid$DXFREditorcol{i}"].strip() for i, (_, key) in enumerate(COLUMNS)}
            state["page"] = 0
            state["size"] = int(request.form["ctl00$cph$grid$DXPSize"])
            state["filters"] = {k: v for k, v in typed.items() if v}

        @app.route("/Sozlesmeler.aspx", methods=["GET", "POST"])
        def contracts_page() -> Any:
            mine()
            wait()
            if request.method == "GET":
                return whole({"page": 0, "size": 5, "filters": {}})
            state, target, argument = unpack(), request.form["__EVENTTARGET"], request.form["__EVENTARGUMENT"]
            chosen = [k for k in request.form.get("ctl00$cph$grid$Sel", "").split(",") if k]
            if target == "ctl00$cph$grid":
                rebind(state, argument)
                return whole(state)
            parts = [("updatePanel", "ctl00_cph_UpdatePanel1", str(bar(chosen))), ("hiddenField", "__VIEWSTATE", pack(state))]
            if target == "ctl00$cph$mnu":
                tool = TOOLS[int(argument.removeprefix("CLICK:"))]
                if tool == "Onayla" and len(chosen) == 1:
                    parts.append(("scriptStartupBlock", "ScriptContentNoTags", f"popAc('SozlesmeOnay.aspx?k={chosen[0]}')"))
                elif tool == "Tazele":
                    parts.append(("scriptStartupBlock", "ScriptContentNoTags", "__doPostBack('ctl00$cph$grid','REFRESH')"))
                else:
                    play.note("touched", button=tool)
            return Response(delta(*parts), content_type="text/plain; charset=utf-8")

        @app.route("/SozlesmeOnay.aspx", methods=["GET", "POST"])
        def form() -> Any:
            mine()
            wait(0.2, 0.6)
            if request.method == "GET":
                shown = play.form(request.args["k"])
                return page(POPUP, {"key": shown.key}, c=shown, run="")
            key = unpack()["key"]
            said = json.dumps(play.save(key), ensure_ascii=False)
            if play.saves == 1:  # the first speaks by window.alert(), the others by a window of the page
                run = f"setTimeout(function(){{alert({said});parent.onaySonuc();}},30);"
            else:
                run = f"parent.mesajGoster({said});"
            return page(POPUP, {"key": key}, c=play.by_key(key), run=Markup(run))
