"""A stranger in the manner of React with Ant Design (4/5), written by hand.

Header and body of the grid are two tables, the body has a measure row that repeats the titles at no height, its first
columns are sticky and its rows are only there while they are in view; the form is a drawer with Descriptions and stays
in the document when it is closed; old tabs stay as well, hidden; each load comes in another order.
"""

from __future__ import annotations

import json
import random
import secrets
import time
from dataclasses import asdict
from datetime import date, datetime, timedelta

from flask import Flask, Response, jsonify, request

from tests.strangers.stage import (
    TCKN,
    WORKPLACES,
    Contract,
    Stranger,
    Workplace,
    arrive,
    at,
    contracts,
    sign_in,
    to_katip,
)

OSGB = r"""<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>Örnek OSGB</title><style>
body{margin:0;font:16px/1.5 system-ui,sans-serif}header{display:flex;align-items:center;padding:12px 32px;border-bottom:1px solid #eee}
header b{flex:1;font-size:20px}header ul{display:flex;list-style:none;gap:20px;margin:0 24px}.hero{padding:96px 32px;background:linear-gradient(120deg,#e6f4ff,#fff)}
.btn-kat{border:0;border-radius:6px;background:#1677ff;color:#fff;padding:8px 18px;cursor:pointer}</style></head><body>
<header><b>Örnek OSGB</b><ul><li>Hizmetler</li><li>Blog</li><li>İletişim</li></ul><button type="button" class="btn-kat" id="kat"><span>İSG&nbsp;Katip</span></button></header>
<div class="hero"><h1>Güvenli işyeri, sağlıklı çalışan</h1><p>Sözleşmelerinizi İSG Katip üzerinden onaylayınız.</p></div>
<script>document.getElementById('kat').addEventListener('click',()=>window.open('@@KATIP@@/','_blank'));</script></body></html>"""

EDEVLET = r"""<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</title><style>
*{box-sizing:border-box}body{margin:0;font:15px/1.5 Inter,Arial,sans-serif;background:#eef3f7;color:#223}
.ust{background:#fff;padding:12px 48px;display:flex;justify-content:space-between;border-bottom:1px solid #cdd8e2}
.kutu{max-width:520px;margin:32px auto;background:#fff;border-radius:10px;padding:28px 36px;box-shadow:0 2px 14px rgba(30,60,90,.12)}
.alan{position:relative;margin:22px 0}.alan input{width:100%;height:50px;border:1px solid #9fb3c4;border-radius:6px;padding:18px 12px 4px;font-size:16px}
.alan label{position:absolute;left:12px;top:14px;color:#678;pointer-events:none;transition:.18s}.alan input:focus+label,.alan input:not(:placeholder-shown)+label{top:3px;font-size:11px}
.alt{display:flex;justify-content:flex-end;gap:10px}.alt button{height:42px;border:0;border-radius:6px;padding:0 20px;cursor:pointer}.gir{background:#2366a8;color:#fff}.gir[aria-busy=true]{opacity:.6}
.diger{display:flex;flex-wrap:wrap;gap:8px;margin-top:22px;border-top:1px solid #e3eaf0;padding-top:14px}.diger a{border:1px solid #cdd8e2;border-radius:16px;padding:3px 12px;color:#2366a8;text-decoration:none;font-size:13px}
.hata{color:#b00020;min-height:22px}</style></head><body>
<div class="ust"><h1 style="font-size:18px;margin:0">e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><form role="search"><input type="search" placeholder="Size nasıl yardım edebilirim?" aria-label="Arama"></form></div>
<div class="kutu"><div><small>Giriş yapılacak uygulama</small><br><strong>İş Sağlığı ve Güvenliği Yönetim Hizmetleri</strong></div>
<form id="f" novalidate><div class="alan"><input type="tel" id="a17" placeholder=" " maxlength="11" autocomplete="off"><label for="a17">T.C. Kimlik No</label></div>
<div class="alan"><input type="password" id="a18" placeholder=" " autocomplete="off"><label for="a18">e-Devlet Şifresi</label></div>
<div class="hata" role="alert" aria-live="assertive"></div>
<div class="alt"><button type="button" id="iptal">İptal Et</button><button type="submit" class="gir"><span>Sisteme Giriş Yap</span></button></div></form>
<p><a href="#">Şifremi Unuttum</a></p>
<div class="diger"><a href="#">Mobil İmza</a><a href="#">Elektronik İmza</a><a href="#">T.C. Kimlik Kartı</a><a href="#">İnternet Bankacılığı</a></div></div>
<script>const f=document.getElementById('f'),b=f.querySelector('.gir'),h=f.querySelector('.hata');
document.getElementById('iptal').onclick=()=>location.href='@@KATIP@@/';
f.addEventListener('submit',async e=>{e.preventDefault();if(b.getAttribute('aria-busy')==='true')return;h.textContent='';b.setAttribute('aria-busy','true');
 const r=await fetch('/api/v2/auth',{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify({u:a17.value,p:a18.value})});const j=await r.json();
 if(j.url){location.assign(j.url);}else{b.setAttribute('aria-busy','false');h.textContent=j.hata;}});
</script></body></html>"""

SHELL = r"""<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>İSG-KÂTİP</title><style>
*,::before,::after{box-sizing:border-box}body{margin:0;font:14px/1.5714 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif;color:rgba(0,0,0,.88);background:#f5f5f5}
button{font:inherit}.anticon{display:inline-flex;align-items:center;line-height:0;vertical-align:-.125em}.anticon svg{width:1em;height:1em;fill:currentColor}
.ant-btn{display:inline-flex;gap:6px;align-items:center;height:32px;padding:0 12px;border:1px solid #d9d9d9;border-radius:6px;background:#fff;cursor:pointer;white-space:nowrap;transition:all .2s;position:relative}
.ant-btn-primary{background:#1677ff;border-color:#1677ff;color:#fff}.ant-btn-dangerous{color:#ff4d4f;border-color:#ff4d4f}.ant-btn-lg{height:40px;font-size:16px}.ant-btn-link{border:0;background:none;color:#1677ff;padding:0;font-size:16px;font-weight:600}
.ant-btn-disabled{color:rgba(0,0,0,.25)!important;background:rgba(0,0,0,.04)!important;border-color:#d9d9d9!important;cursor:not-allowed}.ant-btn-loading{opacity:.65;pointer-events:none}
.ant-layout-header{background:#001529;color:#fff;height:56px;display:flex;align-items:center;padding:0 20px;gap:18px}.ant-layout-header .b{flex:1}.ant-layout-header a{color:#fff}
.ant-layout{display:flex;min-height:calc(100vh - 56px)}.ant-layout-sider{width:230px;background:#001529;flex:none}.ant-layout-content{flex:1;min-width:0;padding:12px 16px}
.ant-menu{list-style:none;margin:0;padding:4px;color:rgba(255,255,255,.75);background:#001529}.ant-menu-item,.ant-menu-submenu-title{display:flex;align-items:center;gap:10px;height:40px;padding:0 14px;border-radius:6px;cursor:pointer;white-space:nowrap}
.ant-menu-item:hover,.ant-menu-submenu-title:hover{background:#0b2947;color:#fff}.ant-menu-item-selected{background:#1677ff;color:#fff}.ant-menu-submenu-arrow{margin-left:auto;width:7px;height:7px;border:solid currentColor;border-width:0 1.5px 1.5px 0;transform:rotate(-45deg)}
.ant-menu-submenu-popup{position:absolute;z-index:1050;border-radius:6px;box-shadow:0 6px 16px rgba(0,0,0,.3);padding-left:6px;background:transparent}.ant-menu-submenu-hidden{display:none}.ant-menu-submenu-popup>.ant-menu{min-width:230px;border-radius:8px}
.ant-zoom-big-enter{animation:buyu .2s cubic-bezier(.08,.82,.17,1)}@keyframes buyu{from{transform:scale(.8);opacity:0}}
.ant-card{background:#fff;border:1px solid #f0f0f0;border-radius:8px}.ant-card-head{padding:10px 20px;border-bottom:1px solid #f0f0f0;font-weight:600}.ant-card-body{padding:16px 20px}
.kartlar{display:grid;grid-template-columns:repeat(2,1fr);gap:16px;max-width:980px;margin:40px auto}.orta{max-width:980px;margin:32px auto}
.ant-list-items{list-style:none;margin:0;padding:0}.ant-list-item{display:flex;align-items:center;justify-content:space-between;padding:12px 16px;border:1px solid #f0f0f0;border-radius:8px;margin-bottom:8px;cursor:pointer;transition:border-color .3s,background .3s}
.ant-list-item:hover{border-color:#91caff}.ant-list-item-secili{border-color:#1677ff;background:#e6f4ff}.ant-list-item-meta-title{margin:0;font-size:14px}.ant-list-item-meta-description{color:rgba(0,0,0,.45)}
.ant-tabs-nav{display:flex}.ant-tabs-nav-list{display:flex;gap:2px}.ant-tabs-tab{display:flex;gap:8px;align-items:center;padding:6px 14px;background:#fafafa;border:1px solid #f0f0f0;border-radius:8px 8px 0 0;cursor:pointer}.ant-tabs-tab-active{background:#fff;color:#1677ff}
.ant-tabs-tab-remove{border:0;background:none;cursor:pointer;padding:0 2px}.ant-tabs-content-holder{background:#fff;padding:14px;border-radius:0 8px 8px 8px}.ant-tabs-tabpane-hidden{display:none}
.ant-space{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px}
.ant-table{position:relative;background:#fff}.ant-table table{border-collapse:separate;border-spacing:0;text-align:start}.ant-table-header{overflow:hidden;border-radius:8px 8px 0 0}
.ant-table-cell{padding:12px 10px;overflow-wrap:break-word;border-bottom:1px solid #f0f0f0;text-align:left;background:#fff}th.ant-table-cell{background:#fafafa;font-weight:600;position:relative}
.ant-table-cell-fix-left{position:sticky!important;z-index:2}.ant-table-cell-fix-left-last{box-shadow:inset -8px 0 8px -8px rgba(0,0,0,.12)}.ant-table-cell-ellipsis{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.ant-table-cell-scrollbar{padding:0}.ant-table-row-selected>.ant-table-cell{background:#e6f4ff}.ant-table-row:hover>.ant-table-cell{background:#fafafa}.ant-table-row-selected:hover>.ant-table-cell{background:#bae0ff}
.ant-table-row>.ant-table-cell{height:50px}.ant-table-column-sorters{display:flex;justify-content:space-between;cursor:pointer}.ant-table-column-sorter{color:rgba(0,0,0,.3);font-size:10px;display:inline-flex;flex-direction:column}
.ant-table-tbody-virtual .ant-table-row{display:flex;width:1460px}.ant-table-tbody-virtual .ant-table-cell{flex:none}
.ant-radio-wrapper{display:inline-flex;cursor:pointer}.ant-radio{position:relative;width:16px;height:16px;display:inline-block}.ant-radio-input{position:absolute;inset:0;z-index:1;opacity:0;cursor:pointer;margin:0;width:16px;height:16px}
.ant-radio-inner{display:block;width:16px;height:16px;border:1px solid #d9d9d9;border-radius:50%;transition:all .2s}.ant-radio-checked .ant-radio-inner{border:5px solid #1677ff}
.ant-tag{border:1px solid #d9d9d9;border-radius:4px;padding:0 7px;font-size:12px;background:#fafafa;display:inline-block}.ant-tag-orange{color:#d46b08;background:#fff7e6;border-color:#ffd591}.ant-tag-green{color:#389e0d;background:#f6ffed;border-color:#b7eb8f}
.ant-empty{padding:32px;text-align:center;color:rgba(0,0,0,.25)}
.ant-pagination{display:flex;justify-content:flex-end;align-items:center;list-style:none;padding:0;margin:14px 0 0;gap:8px}.ant-pagination-total-text{margin-right:8px}.ant-pagination-item,.ant-pagination-prev,.ant-pagination-next{min-width:32px;height:32px;line-height:30px;text-align:center;border:1px solid transparent;border-radius:6px;cursor:pointer}
.ant-pagination-item-active{border-color:#1677ff}.ant-pagination-item a{color:inherit;padding:0 6px}.ant-pagination-item-link{border:0;background:none;width:100%;height:100%;cursor:pointer;font-size:12px}.ant-pagination-disabled,.ant-pagination-disabled *{color:rgba(0,0,0,.25);cursor:not-allowed}
.ant-select-selector{border:1px solid #d9d9d9;border-radius:6px;padding:4px 11px}
.ant-spin-nested-loading{position:relative}.ant-spin-container{transition:opacity .3s;position:relative}.ant-spin-blur{opacity:.5;pointer-events:none;user-select:none;overflow:clip}.ant-spin-spinning{position:absolute;inset:0;z-index:4;display:flex;align-items:center;justify-content:center}
.ant-spin-dot{width:24px;height:24px;border:3px solid #91caff;border-top-color:#1677ff;border-radius:50%;animation:don 1s linear infinite}@keyframes don{to{transform:rotate(360deg)}}
.ant-drawer{position:fixed;inset:0;z-index:1000;pointer-events:none}.ant-drawer-mask{position:absolute;inset:0;background:rgba(0,0,0,.45);pointer-events:auto;transition:opacity .3s}.ant-drawer-content-wrapper{position:absolute;top:0;bottom:0;right:0;transition:transform .3s cubic-bezier(.78,.14,.15,.86)}
.ant-drawer-content{height:100%;background:#fff;pointer-events:auto;overflow:auto}.ant-drawer-header{display:flex;align-items:center;gap:12px;padding:14px 20px;border-bottom:1px solid #f0f0f0}.ant-drawer-title{font-weight:600;font-size:16px}.ant-drawer-close{border:0;background:none;cursor:pointer}.ant-drawer-body{padding:20px}
.ant-descriptions table{width:100%;border-collapse:collapse;border:1px solid #f0f0f0}.ant-descriptions-item-label{background:#fafafa;text-align:start;font-weight:400;color:rgba(0,0,0,.6);padding:10px 14px;border:1px solid #f0f0f0;width:26%}.ant-descriptions-item-content{padding:10px 14px;border:1px solid #f0f0f0}
.ant-modal-mask{position:fixed;inset:0;z-index:1000;background:rgba(0,0,0,.45);animation:sol .25s}.ant-modal-wrap{position:fixed;inset:0;z-index:1000;overflow:auto}.ant-modal{margin:110px auto 0;animation:zum .3s cubic-bezier(.08,.82,.17,1)}@keyframes zum{from{transform:scale(.2);opacity:0}}@keyframes sol{from{opacity:0}}
.ant-modal-leave .ant-modal{transition:all .25s;transform:scale(.2);opacity:0}.ant-modal-leave .ant-modal-mask{opacity:0;transition:opacity .25s}
.ant-modal-content{background:#fff;border-radius:8px;padding:20px 24px;box-shadow:0 6px 16px rgba(0,0,0,.2)}.ant-modal-confirm-body{display:flex;flex-wrap:wrap;gap:10px}.ant-modal-confirm-body .anticon{font-size:22px;color:#52c41a}.ant-modal-confirm-title{font-weight:600;flex:1}.ant-modal-confirm-content{flex-basis:100%;margin-left:32px}.ant-modal-confirm-btns{text-align:end;margin-top:12px}.ant-modal-confirm-btns .ant-btn{margin-left:8px}
.ant-message{position:fixed;top:8px;left:0;width:100%;z-index:1010;pointer-events:none;text-align:center}.ant-message-notice{padding:8px}.ant-message-notice-content{display:inline-block;background:#fff;padding:9px 12px;border-radius:8px;box-shadow:0 6px 16px rgba(0,0,0,.16);pointer-events:all;animation:in .3s}@keyframes in{from{transform:translateY(-100%);opacity:0}}
.ant-skeleton-paragraph{list-style:none;padding:0}.ant-skeleton-paragraph li{height:14px;background:#eee;border-radius:4px;margin:12px 0;animation:nabiz 1.2s infinite}@keyframes nabiz{50%{opacity:.4}}
.ant-alert{display:flex;gap:12px;border:1px solid #ffe58f;background:#fffbe6;border-radius:8px;padding:12px 20px;margin-top:12px}
</style></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>
<script>
"use strict";(()=>{
const EDEVLET="@@EDEVLET@@/Giris/gir",SOR=@@SOR@@;
const $=(s,r=document)=>r.querySelector(s),H='css-mzwlov';
const kac=s=>String(s).replace(/[&<>"]/g,c=>({'&':'&amp;','<':'&lt;','>':'&gt;','"':'&quot;'}[c]));
const dom=h=>{const t=document.createElement('template');t.innerHTML=h.trim();return t.content.firstElementChild;};
const ikon=a=>`<span role="img" aria-label="${a}" class="anticon anticon-${a}"><svg viewBox="64 64 896 896" focusable="false" data-icon="${a}" width="1em" height="1em" fill="currentColor" aria-hidden="true"><path d="M512 64a448 448 0 100 896 448 448 0 000-896zm0 820a372 372 0 110-744 372 372 0 010 744z"></path></svg></span>`;
const dugme=(ad,ic,sinif='ant-btn-default',ek='')=>`<button type="button" class="ant-btn ${H} ${sinif}" ${ek}>${ic?ikon(ic):''}<span>${ad}</span></button>`;
const bekle=ms=>new Promise(r=>setTimeout(r,ms));
async function al(yol,govde){const r=await fetch(yol,govde===undefined?{}:{method:'POST',headers:{'Content-Type':'application/json'},body:JSON.stringify(govde)});
 if(r.status===401){document.querySelectorAll('body>div:not(#root)').forEach(e=>e.remove());ekran=0;$('#root').innerHTML=`<div class="orta ant-card"><div class="ant-card-body"><h2>Oturum süreniz doldu</h2><p>Oturumunuz sona ermiştir, lütfen tekrar giriş yapınız.</p></div></div>`;throw new Error('401');}
 if(!r.ok){mesaj('İşlem sırasında bir hata oluştu.','error');throw new Error(r.status);}
 return r.json();}
function mesaj(m,tur='success'){let k=$('.ant-message');if(!k){k=dom(`<div class="ant-message ant-message-top ${H}"><div></div></div>`);document.body.appendChild(k);}
 const n=dom(`<div class="ant-message-notice-wrapper"><div class="ant-message-notice ant-message-notice-${tur}"><div class="ant-message-notice-content"><div class="ant-message-custom-content ant-message-${tur}">${ikon(tur==='success'?'check-circle':'close-circle')}<span>${kac(m)}</span></div></div></div></div>`);
 k.firstElementChild.appendChild(n);setTimeout(()=>n.remove(),3000);}
const yandugme=b=>al('/backend/click',{button:b});

/* -- before the workplace -- */
function karsila(){$('#root').innerHTML=`<header class="ant-layout-header"><b class="b">İSG-KÂTİP</b></header><div class="orta ant-card"><div class="ant-card-body"><h1>İş Sağlığı ve Güvenliği Kayıt, Takip ve İzleme Programı</h1><p>Kullanıcı girişleri e-Devlet Kapısı üzerinden yapılmaktadır.</p><a class="ant-btn ${H} ant-btn-primary ant-btn-lg" href="${EDEVLET}">${ikon('login')}<span>İSG KATİP Giriş</span></a></div></div>`;}
function anaMenu(){const b=[['Kayıtlı Kullanıcı Girişi',['İşyeri kullanıcıları','OSGB kullanıcıları']],['Sorgulama &amp; Başvuru',['Belge doğrulama','Sınav başvurusu']],['Vazgeç &amp; Çıkış Yap',['Oturumu kapatır']],['İSG-KÂTİP Kullanıcı Kılavuzu',['Kılavuzu açar']]];
 $('#root').innerHTML=`<header class="ant-layout-header"><b class="b">İSG-KÂTİP v9.19.01.10</b></header><div class="kartlar">${b.map(x=>`<div class="ant-card ant-card-bordered ${H}"><div class="ant-card-head"><div class="ant-card-head-wrapper"><div class="ant-card-head-title"><button type="button" class="ant-btn ${H} ant-btn-link"><span>${x[0]}</span></button></div></div></div><div class="ant-card-body"><ul>${x[1].map(y=>`<li>${y}</li>`).join('')}</ul></div></div>`).join('')}</div>`;
 const d=[...document.querySelectorAll('.kartlar button')];d[0].onclick=kurum;d[1].onclick=d[3].onclick=e=>yandugme(e.currentTarget.textContent);d[2].onclick=cikis;}
async function kurum(){$('#root').innerHTML=`<header class="ant-layout-header"><b class="b">İSG-KÂTİP v9.19.01.10</b></header><div class="orta ant-card"><div class="ant-card-body"><div class="ant-skeleton ant-skeleton-active"><ul class="ant-skeleton-paragraph"><li></li><li></li><li></li></ul></div></div></div>`;
 const o=await al('/backend/me');let sec=null;
 $('#root').innerHTML=`<header class="ant-layout-header"><b class="b">İSG-KÂTİP v9.19.01.10</b></header><div class="orta ant-card"><div class="ant-card-head">İşlem yapılacak işyeri</div><div class="ant-card-body"><div class="ant-list ant-list-split ${H}"><ul class="ant-list-items">${o.workplaces.map(w=>`<li class="ant-list-item" data-s="${w.sgk}"><div class="ant-list-item-meta"><div class="ant-list-item-meta-content"><h4 class="ant-list-item-meta-title">${kac(w.title)}</h4><div class="ant-list-item-meta-description">(${w.sgk}) (Hizmet Alan İşyeri E-Bildirge Kullanıcısı)</div></div></div></li>`).join('')}</ul></div>
 <div class="ant-space">${dugme('Kayıtlı Kullanıcı Girişi','login','ant-btn-primary ant-btn-disabled','aria-disabled="true" id="gir"')}${dugme('Vazgeç &amp; Çıkış Yap','logout','ant-btn-default','id="vaz"')}</div>
 <p>Eğer Sisteme giriş yapmak istediğiniz <strong>İşyeri - Firma</strong> yukarıdaki listede gözüküyor veya SGK kayıtlarında E-Bildirge Kullanıcısını değiştirmiş (güncellemiş) iseniz aşağıdaki <strong>E-Bildirge Kullanıcısı Güncelle</strong> butonuna basınız.</p><div class="ant-space">${dugme('E-Bildirge Kullanıcısı Güncelle','sync','ant-btn-default x')}${dugme('İSG-KÂTİP Kullanıcı Kılavuzu','book','ant-btn-default x')}</div></div></div>`;
 const g=$('#gir');
 document.querySelectorAll('.ant-list-item').forEach(l=>l.addEventListener('click',()=>{sec=l.dataset.s;document.querySelectorAll('.ant-list-item').forEach(x=>{const b=x===l;x.classList.toggle('ant-list-item-secili',b);const i=$('.anticon',x);if(b&&!i)x.insertAdjacentHTML('beforeend',ikon('check-circle'));if(!b&&i)i.remove();});g.classList.remove('ant-btn-disabled');g.setAttribute('aria-disabled','false');}));
 g.onclick=async()=>{if(g.getAttribute('aria-disabled')==='true'||g.classList.contains('ant-btn-loading'))return;g.classList.add('ant-btn-loading');await al('/backend/workplace',{sgk:sec});uygulama();};
 $('#vaz').onclick=cikis;document.querySelectorAll('.x').forEach(b=>b.onclick=()=>yandugme(b.textContent));}
async function cikis(){await al('/backend/logout',{});document.querySelectorAll('body>div:not(#root)').forEach(e=>e.remove());$('#root').innerHTML=`<div class="orta ant-card"><div class="ant-card-body"><div class="ant-result ant-result-success"><div class="ant-result-title">Güvenli çıkış yapıldı</div><div class="ant-result-subtitle">Sistemden çıkış işleminiz tamamlanmıştır.</div></div></div></div>`;}

/* -- the application -- */
let ekran=0,sekmeler=[],etkin=null;
const ALT=['Sözleşmeler','Silinen Sözleşmeler','Yardımcı C Sözleşmeler','Stajyerler','Sorumlu Müdür İşlemleri','Yetki Belgesi Başvuruları','Dosyalar','Gezici İSG Araç Sözleşme','Kurum Özel Statü İİ'];
function uygulama(){document.querySelectorAll('body>div:not(#root)').forEach(e=>e.remove());
 const mi=(a,ic)=>`<li class="ant-menu-item" role="menuitem" tabindex="-1" data-a="${a}">${ikon(ic)}<span class="ant-menu-title-content">${a}</span></li>`;
 $('#root').innerHTML=`<header class="ant-layout-header ${H}"><b class="b">İSG-KÂTİP v9.19.01.10</b>${['Kurum Bilgileri','Kullanıcı Bilgileri','Kullanıcı Kılavuzu','Kurum Kep Adresi'].map(a=>`<a role="button">${a}</a>`).join('')}</header>
 <section class="ant-layout ant-layout-has-sider ${H}"><aside class="ant-layout-sider ant-layout-sider-dark"><div class="ant-layout-sider-children"><ul class="ant-menu ant-menu-root ant-menu-vertical ant-menu-dark ${H}" role="menu" tabindex="0" data-menu-list="true">${mi('Ana Sayfa','home')}${mi('Güvenli Çıkış','logout')}${mi('Anket','form')}${mi('İsg Profesyonelleri','team')}
 <li class="ant-menu-submenu ant-menu-submenu-vertical" role="none"><div role="menuitem" class="ant-menu-submenu-title" tabindex="-1" aria-expanded="false" aria-haspopup="true" data-menu-id="rc-menu-uuid-1-modul" aria-controls="rc-menu-uuid-1-modul-popup">${ikon('shop')}<span class="ant-menu-title-content">Hizmet Alan İşyeri Modülü</span><i class="ant-menu-submenu-arrow"></i></div></li>
 ${mi('Kurum Değiştir','swap')}${mi('Güvenli Çıkış','poweroff')}</ul></div></aside>
 <main class="ant-layout-content"><div class="ant-tabs ant-tabs-top ant-tabs-editable ant-tabs-card ant-tabs-editable-card ${H}"><div role="tablist" class="ant-tabs-nav"><div class="ant-tabs-nav-wrap"><div class="ant-tabs-nav-list"></div></div></div><div class="ant-tabs-content-holder"><div class="ant-tabs-content ant-tabs-content-top"></div></div></div></main></section>`;
 sekmeler=[];document.querySelectorAll('.ant-layout-header a').forEach(a=>a.onclick=()=>yandugme(a.textContent));
 document.querySelectorAll('.ant-menu-root>.ant-menu-item').forEach(l=>l.onclick=()=>{const a=l.dataset.a;if(a==='Güvenli Çıkış')cikis();else if(a==='Ana Sayfa')etkinle('ev');else if(a==='Kurum Değiştir'){kurum();}else yandugme(a);});
 altMenu();
 sekme('ev','Ana Sayfa',evDoldur,false);silinenGizli();etkinle('ev');}
function altMenu(){const t=$('.ant-menu-submenu-title'),li=t.parentNode;let p=null,zam=null;
 const ac=()=>{clearTimeout(zam);zam=setTimeout(()=>{if(!p){p=dom(`<div class="ant-menu-submenu ant-menu-submenu-popup ant-menu-dark ${H}" id="rc-menu-uuid-1-modul-popup"><ul class="ant-menu ant-menu-sub ant-menu-vertical" role="menu" data-menu-list="true">${ALT.map(a=>`<li class="ant-menu-item ant-menu-item-only-child" role="menuitem" tabindex="-1"><span class="ant-menu-title-content">${a}</span></li>`).join('')}</ul></div>`);
   document.body.appendChild(p);p.addEventListener('mouseenter',()=>clearTimeout(zam));p.addEventListener('mouseleave',kapa);
   p.querySelectorAll('li').forEach(l=>l.addEventListener('click',()=>{kapaHemen();const a=l.textContent;if(a==='Sözleşmeler')sekme('soz'+(++ekran),'Sözleşmeler',sozlesmeler,true);else if(a==='Silinen Sözleşmeler')etkinle('silinen');else sekme('bos'+(++ekran),a,b=>{b.innerHTML=bosluk();},true);}));}
  const r=t.getBoundingClientRect();p.style.left=r.right+'px';p.style.top=(r.top+scrollY)+'px';if(p.classList.contains('ant-menu-submenu-hidden')||!li.classList.contains('ant-menu-submenu-open'))p.classList.add('ant-zoom-big-enter');p.classList.remove('ant-menu-submenu-hidden');setTimeout(()=>p&&p.classList.remove('ant-zoom-big-enter'),220);
  li.classList.add('ant-menu-submenu-open');t.setAttribute('aria-expanded','true');},100);};
 const kapaHemen=()=>{clearTimeout(zam);if(p)p.classList.add('ant-menu-submenu-hidden');li.classList.remove('ant-menu-submenu-open');t.setAttribute('aria-expanded','false');};
 const kapa=()=>{clearTimeout(zam);zam=setTimeout(kapaHemen,300);};
 t.addEventListener('mouseenter',ac);t.addEventListener('mouseleave',kapa);t.addEventListener('click',ac);}
const bosluk=()=>`<div class="ant-empty ant-empty-normal"><div class="ant-empty-image"></div><div class="ant-empty-description">Veri Yok</div></div>`;
function sekme(k,ad,dolduran,kapanir){
 const t=dom(`<div data-node-key="${k}" class="ant-tabs-tab"><div role="tab" aria-selected="false" class="ant-tabs-tab-btn" tabindex="0" id="rc-tabs-0-tab-${k}" aria-controls="rc-tabs-0-panel-${k}">${ad}</div>${kapanir?`<button type="button" aria-label="remove" tabindex="0" class="ant-tabs-tab-remove">×</button>`:''}</div>`);
 const p=dom(`<div id="rc-tabs-0-panel-${k}" role="tabpanel" tabindex="-1" aria-hidden="true" class="ant-tabs-tabpane ant-tabs-tabpane-hidden" style="display:none" aria-labelledby="rc-tabs-0-tab-${k}"></div>`);
 $('.ant-tabs-nav-list').appendChild(t);$('.ant-tabs-content').appendChild(p);const s={k,t,p};sekmeler.push(s);
 $('.ant-tabs-tab-btn',t).onclick=()=>etkinle(k);const x=$('.ant-tabs-tab-remove',t);if(x)x.onclick=()=>{t.remove();p.remove();sekmeler=sekmeler.filter(y=>y!==s);if(etkin===k)etkinle(sekmeler[sekmeler.length-1].k);};
 if(k!=='silinen')etkinle(k);dolduran(p);return s;}
function etkinle(k){etkin=k;sekmeler.forEach(s=>{const b=s.k===k;s.t.classList.toggle('ant-tabs-tab-active',b);$('.ant-tabs-tab-btn',s.t).setAttribute('aria-selected',b);s.p.style.display=b?'':'none';s.p.setAttribute('aria-hidden',!b);s.p.classList.toggle('ant-tabs-tabpane-hidden',!b);s.p.classList.toggle('ant-tabs-tabpane-active',b);});}
async function evDoldur(p){p.innerHTML=`<div class="ant-skeleton ant-skeleton-active"><div class="ant-skeleton-content"><ul class="ant-skeleton-paragraph"><li></li><li></li><li></li><li></li></ul></div></div>`;const o=await al('/backend/me');
 p.innerHTML=`<h2>HOŞGELDİNİZ</h2><p>Hoşgeldiniz Sayın DENEME KULLANICI</p><p>Personel Kategorisi: <strong>Hizmet Alan İşyeri E-Bildirge Kullanıcısı</strong>, Kullanıcı Grubu: <strong>Hizmet Alan İşyeri Kullanıcısı</strong>.</p><p>Sisteme ${o.date} tarihinde, ${o.tckn} ve ${o.ip} ile girişiniz kayıt altına alındı. Sistemde yaptığınız tüm işlemler kayıt altında tutulmaktadır.</p><h3>SİZE ÖZEL</h3><p>Size özel mesaj bulunmamaktadır.</p>
 <div data-show="true" class="ant-alert ant-alert-warning ant-alert-with-description ${H}" role="alert">${ikon('exclamation-circle')}<div class="ant-alert-content"><div class="ant-alert-message">ONAY BEKLEYEN SÖZLEŞMELER</div><div class="ant-alert-description"><b>${o.pending}</b> adet Onay Bekleyen Sözleşmeniz Bulunuyor.</div></div></div>`;}

/* -- grids -- */
const SUT=[['name','Adı Soyadı',190],['category','Personel Kategorisi',210],['duty','Grv. Türü',100],['work','Çalışma Şekli',140],['start','Grv. Başlama Tarih',160],['end','Grv. Ayrılış Tarih',150],['state','Çalışma Durumu',150],['status','Grv. Onay Durumu',316]];
const GEN=44+SUT.reduce((a,s)=>a+s[2],0);
const sabit=i=>i===0?'ant-table-cell-fix-left ant-table-cell-fix-left-last':'',sol=i=>i===0?'left:44px':'';
const kolgrup=()=>`<colgroup><col class="ant-table-selection-col" style="width:44px">${SUT.map(s=>`<col style="width:${s[2]}px">`).join('')}</colgroup>`;
const olcu=()=>`<tr aria-hidden="true" class="ant-table-measure-row" style="height:0;font-size:0"><td style="padding:0;border:0;height:0"><div style="height:0;overflow:hidden">&nbsp;</div></td>${SUT.map(s=>`<td style="padding:0;border:0;height:0"><div class="ant-table-measure-cell-content" style="height:0;overflow:hidden;font-weight:bold"><div class="ant-table-column-sorters"><span class="ant-table-column-title">${s[1]}</span></div></div></td>`).join('')}</tr>`;
const rozet=s=>`<span class="ant-tag ${s==='Onay Bekliyor'?'ant-tag-orange':s==='Onaylandı'?'ant-tag-green':''} ${H}">${kac(s)}</span>`;
const tablo=()=>`<div class="ant-table-wrapper ${H}"><div class="ant-spin-nested-loading ${H}"><div class="donen"></div><div class="ant-spin-container"><div class="ant-table ant-table-ping-right ant-table-fixed-header ant-table-fixed-column ant-table-scroll-horizontal ant-table-has-fix-left"><div class="ant-table-container"><div class="ant-table-header ant-table-sticky-holder"><table style="width:${GEN}px;table-layout:fixed">${kolgrup().replace('</colgroup>','<col style="width:15px"></colgroup>')}<thead class="ant-table-thead"><tr><th class="ant-table-cell ant-table-selection-column ant-table-cell-fix-left" scope="col" style="left:0"></th>${SUT.map((s,i)=>`<th class="ant-table-cell ${sabit(i)} ant-table-column-has-sorters" scope="col" aria-label="${s[1]}" tabindex="0" style="${sol(i)}"><div class="ant-table-column-sorters" aria-describedby=""><span class="ant-table-column-title">${s[1]}</span><span class="ant-table-column-sorter ant-table-column-sorter-full"><span class="ant-table-column-sorter-inner"><span role="presentation" aria-label="caret-up" class="anticon">▴</span><span role="presentation" aria-label="caret-down" class="anticon">▾</span></span></span></div></th>`).join('')}<th class="ant-table-cell ant-table-cell-scrollbar" scope="col"></th></tr></thead></table></div>
 <div class="ant-table-body" style="overflow:auto scroll;max-height:304px">${`<table style="width:${GEN}px;min-width:100%;table-layout:fixed">${kolgrup()}<tbody class="ant-table-tbody govde">${olcu()}</tbody></table>`}</div></div></div></div></div><div class="sayfalar"></div></div>`;
function silinenGizli(){const s=sekme('silinen','Silinen Sözleşmeler',p=>{p.innerHTML=`<div class="ant-space">${['Detay Yazdır','Export','Tazele'].map(a=>dugme(a,'','ant-btn-default x')).join('')}</div>`+tablo();
  p.querySelectorAll('.x').forEach(b=>b.onclick=()=>yandugme('Silinen '+b.textContent));
  const g=$('.govde',p);[['LEYLA DENEME','İşyeri Hekimi','Dış Grv.','Kısmi Süreli','11.02.2020','','Devam Ediyor','Onay Bekliyor'],['SİNEM ÖRNEK','Diğer Sağlık Personeli','Dış Grv.','Kısmi Süreli','02.03.2020','05.05.2020','Ayrıldı','Onaylandı']].forEach((r,i)=>g.appendChild(satir({key:'s'+i,name:r[0],category:r[1],duty:r[2],work:r[3],start:r[4],end:r[5],state:r[6],status:r[7]},()=>{})));},false);return s;}
function satir(r,secince){const ic=`<label class="ant-radio-wrapper ${H}"><span class="ant-radio ant-wave-target"><input type="radio" class="ant-radio-input" value=""><span class="ant-radio-inner"></span></span></label>`;
 const d='td',el=document.createElement('tr');el.className='ant-table-row ant-table-row-level-0';el.dataset.rowKey=r.key;
 el.innerHTML=`<${d} class="ant-table-cell ant-table-selection-column ant-table-cell-fix-left" style="left:0;width:44px">${ic}</${d}>`+SUT.map((s,i)=>`<${d} class="ant-table-cell ${sabit(i)} ${s[0]==='category'?'ant-table-cell-ellipsis':''}" ${s[0]==='category'?`title="${kac(r[s[0]])}"`:''} style="${sol(i)};width:${s[2]}px">${s[0]==='status'?rozet(r.status):kac(r[s[0]])}</${d}>`).join('');
 $('input',el).addEventListener('change',()=>secince(r));return el;}

async function sozlesmeler(p){
 const ara=[['Yeni','plus',''],['İşe Grv.','solution',''],['Onayla','check','o'],['Sözleşme İptal','stop','ant-btn-dangerous'],['Sil','delete','ant-btn-dangerous'],['Detay Yazdır','printer',''],['Sözleşme Yazdır','printer',''],['Export','export',''],['Tazele','reload',''],['Sözleşmeleri Diğer İşyerlerim','share-alt','']];
 p.innerHTML=`<div class="ant-space ant-space-horizontal">${ara.map(a=>a[2]==='o'?dugme(a[0],a[1],'ant-btn-default ant-btn-disabled onayla','aria-disabled="true"'):dugme(a[0],a[1],'ant-btn-default '+a[2])).join('')}</div>`+tablo();
 const govde=$('.govde',p),kutu=$('.ant-table-body',p),bas=$('.ant-table-header',p),sayfalar=$('.sayfalar',p),onay=$('.onayla',p);
 let veri=[],sayfa=1,sec=null,dugumler=new Map(),cek=null;const BOY=10,YUK=50;
 const don=a=>{$('.donen',p).innerHTML=a?`<div class="ant-spin ant-spin-spinning ${H}" aria-live="polite" aria-busy="true"><span class="ant-spin-dot ant-spin-dot-spin"></span></div>`:'';$('.ant-spin-container',p).classList.toggle('ant-spin-blur',a);};
 const ust=document.createElement('tr'),altb=ust.cloneNode();ust.setAttribute('aria-hidden','true');altb.setAttribute('aria-hidden','true');
 function goster(){const d=veri.slice((sayfa-1)*BOY,sayfa*BOY);let i0=0,i1=d.length;
  i0=Math.max(0,Math.floor(kutu.scrollTop/YUK)-1);i1=Math.min(d.length,Math.ceil((kutu.scrollTop+304)/YUK)+1);
  ust.style.height=i0*YUK+'px';altb.style.height=(d.length-i1)*YUK+'px';if(!ust.parentNode||ust.parentNode!==govde)govde.append(ust,altb);
  const ist=new Set(d.slice(i0,i1).map(r=>r.key));govde.querySelectorAll('[data-row-key]').forEach(e=>{if(!ist.has(e.dataset.rowKey))e.remove();});
  let ref=ust.nextSibling;for(const r of d.slice(i0,i1)){let e=dugumler.get(r.key);if(!e){e=satir(r,secildi);dugumler.set(r.key,e);}if(ref===e)ref=e.nextSibling;else govde.insertBefore(e,ref);isaret(e,r);}
  $('.ant-table-placeholder',govde)?.remove();
  if(!d.length)govde.insertBefore((()=>{const t=document.createElement('tr');t.className='ant-table-placeholder';t.innerHTML=`<td class="ant-table-cell" colspan="9"><div class="ant-table-expanded-row-fixed">${bosluk()}</div></td>`;return t;})(),altb);}
 const isaret=(e,r)=>{const b=!!sec&&sec.key===r.key;e.classList.toggle('ant-table-row-selected',b);$('input',e).checked=b;$('.ant-radio',e).classList.toggle('ant-radio-checked',b);$('.ant-radio-wrapper',e).classList.toggle('ant-radio-wrapper-checked',b);};
 function secildi(r){sec=r;setTimeout(()=>{dugumler.forEach((e,k)=>isaret(e,{key:k}));ayar();},30);}
 const ayar=()=>{const a=!!sec&&sec.status==='Onay Bekliyor';onay.setAttribute('aria-disabled',!a);onay.classList.toggle('ant-btn-disabled',!a);onay.classList.toggle('ant-btn-primary',a);onay.classList.toggle('ant-btn-default',!a);};
 function sayfala(){const n=Math.max(1,Math.ceil(veri.length/BOY)),b=(sayfa-1)*BOY;
  sayfalar.innerHTML=veri.length?`<ul class="ant-pagination ant-table-pagination ant-table-pagination-right ${H}"><li class="ant-pagination-total-text">${b+1}-${Math.min(b+BOY,veri.length)} / ${veri.length} kayıt</li><li title="Önceki Sayfa" class="ant-pagination-prev ${sayfa===1?'ant-pagination-disabled':''}" aria-disabled="${sayfa===1}" tabindex="${sayfa===1?-1:0}"><button class="ant-pagination-item-link" type="button" tabindex="-1" ${sayfa===1?'disabled':''}>${ikon('left')}</button></li>${Array.from({length:n},(_,i)=>`<li title="${i+1}" class="ant-pagination-item ant-pagination-item-${i+1} ${i+1===sayfa?'ant-pagination-item-active':''}" tabindex="0"><a rel="nofollow">${i+1}</a></li>`).join('')}<li title="Sonraki Sayfa" class="ant-pagination-next ${sayfa===n?'ant-pagination-disabled':''}" aria-disabled="${sayfa===n}" tabindex="${sayfa===n?-1:0}"><button class="ant-pagination-item-link" type="button" tabindex="-1" ${sayfa===n?'disabled':''}>${ikon('right')}</button></li><li class="ant-pagination-options"><div class="ant-select ant-pagination-options-size-changer" aria-label="Sayfa Boyutu"><div class="ant-select-selector"><span class="ant-select-selection-item" title="10 / sayfa">10 / sayfa</span></div></div></li></ul>`:'';
  sayfalar.querySelectorAll('.ant-pagination-item').forEach(l=>l.onclick=()=>cevir(+l.title));const pr=$('.ant-pagination-prev',sayfalar),nx=$('.ant-pagination-next',sayfalar);if(pr)pr.onclick=()=>sayfa>1&&cevir(sayfa-1);if(nx)nx.onclick=()=>sayfa<n&&cevir(sayfa+1);}
 async function cevir(n){if(n===sayfa)return;sayfa=n;sayfala();don(true);await bekle(120+Math.random()*200);kutu.scrollTop=0;goster();don(false);}
 async function yukle(){don(true);const v=await al('/backend/contracts');veri=v.rows;sec=null;sayfa=1;dugumler.forEach(e=>e.remove());dugumler=new Map();kutu.scrollTop=0;ayar();sayfala();goster();don(false);}
 kutu.addEventListener('scroll',()=>{bas.scrollLeft=kutu.scrollLeft;requestAnimationFrame(goster);});
 p.querySelectorAll('.ant-space .ant-btn').forEach(b=>b.onclick=()=>{const a=b.textContent;if(a==='Onayla'){if(onay.getAttribute('aria-disabled')!=='true')cek=cekmece(sec.key,cek,yukle);}else if(a==='Tazele')yukle();else yandugme(a);});
 goster();await yukle();}

/* -- the drawer: made once for each tab, hidden but kept when it is closed -- */
function cekmece(key,c,bitince){
 if(!c){const e=dom(`<div class="ant-drawer ant-drawer-right ${H} ant-drawer-open" tabindex="-1" style="display:none"><div class="ant-drawer-mask" style="opacity:0"></div><div tabindex="0" aria-hidden="true" data-sentinel="start" style="width:0;height:0;overflow:hidden;outline:none;position:absolute"></div><div class="ant-drawer-content-wrapper" style="width:780px;transform:translateX(100%)"><div class="ant-drawer-content" aria-modal="true" role="dialog"><div class="ant-drawer-wrapper-body"><div class="ant-drawer-header">${dugme('Kayıt','save','ant-btn-primary kayit')}<div class="ant-drawer-header-title"><div class="ant-drawer-title">SÖZLEŞME ONAY</div></div><button type="button" aria-label="Close" class="ant-drawer-close" style="margin-left:auto">✕</button></div><div class="ant-drawer-body"><div class="ant-spin-nested-loading"><div class="donen"></div><div class="ant-spin-container icerik"></div></div></div></div></div></div><div tabindex="0" aria-hidden="true" data-sentinel="end" style="width:0;height:0;overflow:hidden;outline:none;position:absolute"></div></div>`);
  document.body.appendChild(e);c={e,key:null};const kapa=()=>{$('.ant-drawer-mask',e).style.opacity=0;$('.ant-drawer-content-wrapper',e).style.transform='translateX(100%)';e.classList.remove('ant-drawer-open');setTimeout(()=>{if(!e.classList.contains('ant-drawer-open'))e.style.display='none';},300);};c.kapa=kapa;
  $('.ant-drawer-mask',e).onclick=kapa;$('.ant-drawer-close',e).onclick=kapa;$('.kayit',e).onclick=()=>kaydet(c);}
 c.bitince=bitince;c.key=key;const e=c.e;e.style.display='';e.classList.add('ant-drawer-open');requestAnimationFrame(()=>requestAnimationFrame(()=>{$('.ant-drawer-mask',e).style.opacity=1;$('.ant-drawer-content-wrapper',e).style.transform='none';}));
 const b=$('.kayit',e),ic=$('.icerik',e);b.classList.add('ant-btn-loading');ic.classList.add('ant-spin-blur');$('.donen',e).innerHTML=`<div class="ant-spin ant-spin-spinning" aria-live="polite" aria-busy="true"><span class="ant-spin-dot ant-spin-dot-spin"></span></div>`;
 const th=(a,v,n=1)=>`<th class="ant-descriptions-item-label" colspan="1"><span>${a}</span></th><td class="ant-descriptions-item-content" colspan="${n}"><span>${kac(v)}</span></td>`;
 const cizim=f=>`<div class="ant-descriptions ant-descriptions-bordered ${H}"><div class="ant-descriptions-view"><table><tbody><tr class="ant-descriptions-row">${th('Adı Soyadı',f.name)}${th('Görevlendirme ID',f.gorevlendirme_id)}</tr><tr class="ant-descriptions-row">${th('Ayl. Çlş. Süresi (Dk)',f.minutes)}${th('Ayl. Fzl. Mesai Süresi (Dk)',f.overtime)}</tr><tr class="ant-descriptions-row">${th('Kalan Max. Ayl. Çlş. Süresi (Dk)',f.rest)}${th('Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)',f.rest_overtime)}</tr><tr class="ant-descriptions-row">${th('Açıklama','-',3)}</tr></tbody></table></div></div>`;
 if(!ic.firstElementChild)ic.innerHTML=cizim({name:'',gorevlendirme_id:'',minutes:'',overtime:'',rest:'',rest_overtime:''});
 al('/backend/form?key='+key).then(f=>{ic.innerHTML=cizim(f);ic.classList.remove('ant-spin-blur');$('.donen',e).innerHTML='';b.classList.remove('ant-btn-loading');});
 return c;}
function kutucuk(baslik,metin,vazgec,tamam){const sinif=vazgec?'confirm':'success',k=dom(`<div><div class="ant-modal-root ${H}"><div class="ant-modal-mask"></div><div tabindex="-1" class="ant-modal-wrap"><div role="dialog" aria-modal="true" class="ant-modal ${H} ant-modal-confirm ant-modal-confirm-${sinif}" style="width:416px"><div tabindex="0" aria-hidden="true" style="width:0;height:0;overflow:hidden;outline:none"></div><div class="ant-modal-content"><div class="ant-modal-body"><div class="ant-modal-confirm-body-wrapper"><div class="ant-modal-confirm-body">${ikon(vazgec?'exclamation-circle':'check-circle')}<span class="ant-modal-confirm-title">${baslik}</span><div class="ant-modal-confirm-content">${kac(metin)}</div></div><div class="ant-modal-confirm-btns">${vazgec?dugme('Vazgeç',''):''}${dugme('O K','','ant-btn-primary')}</div></div></div></div><div tabindex="0" aria-hidden="true" style="width:0;height:0;overflow:hidden;outline:none"></div></div></div></div></div>`);
 document.body.appendChild(k);const kapa=()=>{$('.ant-modal-root',k).classList.add('ant-modal-leave');return bekle(260).then(()=>k.remove());};
 const d=[...k.querySelectorAll('.ant-modal-confirm-btns .ant-btn')];if(vazgec)d[0].onclick=kapa;let bir=false;d[d.length-1].onclick=async()=>{if(bir)return;bir=true;if(vazgec)d[d.length-1].classList.add('ant-btn-loading');await tamam(kapa);};}
async function kaydet(c){const b=$('.kayit',c.e);if(b.classList.contains('ant-btn-loading'))return;
 if(SOR){kutucuk('Onay','Sözleşmeyi onaylamak istediğinize emin misiniz?',true,async kapa=>{const r=await al('/backend/approve',{key:c.key});await kapa();c.kapa();mesaj(r.message);await bekle(150);await c.bitince();});return;}
 b.classList.add('ant-btn-loading');let r;try{r=await al('/backend/approve',{key:c.key});}finally{b.classList.remove('ant-btn-loading');}
 kutucuk('Bilgi',r.message,false,async kapa=>{await kapa();c.kapa();await c.bitince();mesaj('Liste yenilendi');});}
(async()=>{if(location.pathname==='/'){karsila();return;}$('#root').innerHTML='<div class="orta"><span class="ant-spin-dot ant-spin-dot-spin" style="display:block"></span></div>';const o=await al('/backend/me');o.workplace?uygulama():anaMenu();})();
})();
</script></body></html>"""

EXTRA = (
    ("SEVİM ÇELİK DENEME", "Onaylandı"), ("TURGUT ÖRNEK", "Onaylandı"), ("UĞUR IŞIL DENEME", "Onay Bekliyor"),
    ("ÜLKÜ ÖRNEK", "Reddedildi"), ("VOLKAN DENEME", "Onaylandı"), ("YAĞMUR ŞEN ÖRNEK", "Onaylandı"),
    ("ZİYA DENEME", "Onaylandı"), ("ŞÜKRÜ İĞDE ÖRNEK", "Onaylandı"),
)  # fmt: skip


def many() -> list[Contract]:
    """23 contracts; one person has two, both pending, which begin on different days."""
    made = contracts()
    for i, (name, status) in enumerate(EXTRA, start=len(made)):
        day = date(2021, 1, 4) + timedelta(days=9 * i)
        made.append(
            Contract(
                secrets.token_hex(4), str(7300118 + 37 * i), name, "Dış Grv.", "İşyeri Hekimi", "Kısmi Süreli",
                day.strftime("%d.%m.%Y"), "Devam Ediyor", "", status, 60 + 10 * i,
            )
        )  # fmt: skip
    twin = next(c for c in made if c.name == "UĞUR IŞIL DENEME")
    made.append(
        Contract(
            secrets.token_hex(4), "7301999", twin.name, "Dış Grv.", twin.category, "Kısmi Süreli", "01.09.2021",
            "Devam Ediyor", "", "Onay Bekliyor", 45,
        )
    )  # fmt: skip
    return made


PLACES = [
    WORKPLACES[2],
    WORKPLACES[0],
    Workplace("29999010199999040999935000", "DENEME ÖRNEK SANAYİ VE TİCARET LİMİT..."),
    WORKPLACES[1],
]


def nap(least: float = 0.05, most: float = 0.5) -> None:
    """Be as slow as a server is."""
    time.sleep(random.uniform(least, most))


class Ant(Stranger):
    """React with Ant Design; only the rows in view are in the document."""

    setting = staticmethod(lambda: {"contracts": many(), "workplaces": list(PLACES)})

    def site(self, app: Flask) -> None:
        at(app, "/", lambda: OSGB.replace("@@KATIP@@", self.play.origin("katip")))

    def edevlet(self, app: Flask) -> None:
        play = self.play
        at(app, "/Giris/gir", lambda: EDEVLET.replace("@@KATIP@@", play.origin("katip")))

        @app.post("/api/v2/auth")
        def check() -> Response:
            nap(0.2, 0.6)
            typed = request.get_json()
            if not sign_in(play, typed["u"], typed["p"]):
                return jsonify(hata="T.C. Kimlik Numarası ya da şifre hatalı.")
            return jsonify(url=to_katip(play).location)

    def katip(self, app: Flask) -> None:
        play = self.play

        def shell() -> Response:
            page = SHELL.replace("@@EDEVLET@@", play.origin("edevlet")).replace("@@SOR@@", json.dumps("sure" in play.faults))
            return Response(page, mimetype="text/html", headers={"Cache-Control": "no-store"})

        app.add_url_rule("/", "root", shell)
        app.add_url_rule("/Default.aspx", "default", shell)
        at(app, "/giris", lambda: arrive("/Default.aspx"))

        @app.before_request
        def guard() -> Response | None:
            if request.path.startswith("/backend/"):
                nap()
                if play.session() is None:
                    return Response(status=401)
            return None

        @app.get("/backend/me")
        def me() -> Response:
            return jsonify(
                workplaces=[{"sgk": w.sgk, "title": w.title} for w in play.workplaces],
                workplace=(play.session() or {}).get("workplace"),
                pending=play.pending(),
                date=datetime.now().strftime("%d.%m.%Y %H:%M"),
                tckn=TCKN[:3] + "******" + TCKN[-2:],
                ip="127.0.0.1",
            )

        @app.post("/backend/workplace")
        def workplace() -> Response:
            play.choose(request.get_json()["sgk"])
            return jsonify(ok=True)

        @app.get("/backend/contracts")
        def listed() -> Response:
            rows = play.rows()
            random.shuffle(rows)
            rows.sort(key=lambda r: r["status"] == "Onaylandı")  # what is approved goes to the end
            return jsonify(rows=rows)

        @app.get("/backend/form")
        def form() -> Response:
            return jsonify(asdict(play.form(request.args["key"])))

        @app.post("/backend/approve")
        def approve() -> Response:
            return jsonify(message=play.save(request.get_json()["key"]))

        @app.post("/backend/click")
        def click() -> Response:
            play.note("touched", button=request.get_json()["button"])
            return jsonify(ok=True)

        @app.post("/backend/logout")
        def out() -> Response:
            play.leave()
            return jsonify(ok=True)
