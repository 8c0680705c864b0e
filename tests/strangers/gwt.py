"""A portal in the manner of GWT / Vaadin 8: one page, divs only, a grid that scrolls virtually, windows at the body's end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template_string, request

from tests.strangers.stage import TCKN, Stranger, arrive, sign_in, to_katip

SITE = """<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>ÖRNEK OSGB</title><style>
body{margin:0;font-family:Montserrat,Arial,sans-serif}.wix-header{position:sticky;top:0;height:84px;background:#fff;
box-shadow:0 1px 5px #999}.wix-header>div{position:absolute}.logo{left:40px;top:26px;font-size:26px;color:#136}
.m1{left:380px;top:34px}.m1 span{margin-right:26px;cursor:pointer}.StylableButton{right:40px;top:22px}
.StylableButton button{border:2px solid #d33;border-radius:20px;background:#fff;color:#d33;font:16px Arial;padding:8px 22px;cursor:pointer}
.strip{height:380px;background:#e6eef4;padding:60px}</style></head><body>
<div id="SITE_HEADER" class="wix-header"><div class="logo">ÖRNEK OSGB</div>
<div class="m1"><span>ANA SAYFA</span><span>HAKKIMIZDA</span><span>HİZMETLER</span><span>BLOG</span></div>
<div class="StylableButton" id="comp-k1x"><button type="button" data-testid="buttonElement" onclick="window.open('{{ to }}')"><span
 class="StylableButton2545352419__label">İSG KÂTİP</span></button></div></div>
<div class="strip"><h2>İşyeri hekimi ve iş güvenliği uzmanı hizmeti</h2><p>İSG-KÂTİP onayınızı unutmayınız.</p></div></body></html>"""

EDEVLET = """<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8"><title>e-Devlet Kapısı Kimlik Doğrulama Sistemi</title><style>
body{font:15px Arial;background:#f6f8fa;margin:0}.page{width:520px;margin:30px auto;background:#fff;padding:24px;border-radius:6px;
box-shadow:0 0 6px #ccc}.form-group{margin:14px 0}.form-group>span{display:block;margin-bottom:4px}.form-group input{width:96%;padding:8px}
.btn{padding:10px 20px;border:1px solid #888;border-radius:4px;cursor:pointer}.btn-send{background:#2a6fb0;color:#fff;border-color:#2a6fb0}
.tabs button{border:0;background:#eef;padding:8px}.err{color:#b00}</style></head><body><div class="page">
<h1 style="font-size:19px">e-Devlet Kapısı Kimlik Doğrulama Sistemi</h1><p>Giriş yapılacak adres: <b>İş Sağlığı ve Güvenliği Yönetim
 Hizmetleri</b></p><div class="tabs" role="tablist"><button type="button" role="tab" aria-selected="true">e-Devlet Şifresi</button><button
 type="button" role="tab">Mobil İmza</button><button type="button" role="tab">e-İmza</button></div>
{% if said %}<p class="err">{{ said }}</p>{% endif %}
<form method="post" autocomplete="off" id="loginForm"><div class="form-group"><span class="label" id="l1">* T.C. Kimlik No</span><input
 type="text" name="tridField" aria-labelledby="l1" aria-required="true" maxlength="11"></div><div class="form-group"><span class="label"
 id="l2">* e-Devlet Şifresi</span><input type="password" name="egpField" aria-labelledby="l2" aria-required="true"></div>
<p style="font-size:12px">* e-Devlet Şifrenizi unutmanız durumunda doğrulamalarınızla yeni şifre oluşturabilirsiniz.</p>
<button type="button" class="btn btn-cancel" onclick="history.back()">İptal Et</button> <button type="submit" name="submitButton"
 class="btn btn-send">Sisteme Giriş Yap</button></form></div></body></html>"""

HOST = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><meta name="gwt:property" content="locale=tr">
<title>İSG-KÂTİP</title><style>
html,body{height:100%;margin:0;overflow:hidden;font:14px "Open Sans",Tahoma,sans-serif;color:#333}
.v-app{position:absolute;inset:0;background:#f4f5f7}.v-absolutelayout-wrapper{position:absolute}
.v-button{position:relative;display:inline-block;height:32px;line-height:30px;padding:0 14px;border:1px solid #b5b8bd;border-radius:4px;
background:linear-gradient(#fafafa,#e6e7e9);cursor:pointer;white-space:nowrap;user-select:none;margin-right:3px;font-size:13px}
.v-button:focus{outline:1px solid #6ca6e0}.v-button.v-pressed{background:#d3d6da}
.v-disabled{opacity:.45;cursor:default}
.v-menubox{position:absolute;width:380px;height:150px;background:#fff;border:1px solid #c3cad2;cursor:pointer;user-select:none}
.v-menubox .cap{position:absolute;left:0;right:0;top:0;height:34px;line-height:34px;padding-left:12px;background:#40648a;color:#fff}
.v-menubox .txt{position:absolute;left:12px;right:12px;top:44px;font-size:12px;color:#556}
.gwt-Tree{position:absolute;left:0;top:46px;bottom:0;width:258px;background:#fff;border-right:1px solid #ccc;overflow:auto;padding-top:6px}
.gwt-TreeItem{display:inline-block;padding:4px 5px;cursor:default;user-select:none}.gwt-TreeItem-selected{background:#cfe0f2}
.gwt-Tree td{vertical-align:middle}
.v-tabsheet-tabcontainer{position:absolute;left:262px;right:0;top:46px;height:34px;border-bottom:1px solid #bbb}
.v-tabsheet-tabitem{display:inline-block;padding:7px 16px;cursor:pointer;color:#667}.v-tabsheet-tabitem-selected{border-bottom:2px solid
#2a6fb0;color:#111}
.v-tabsheet-content{position:absolute;left:262px;right:0;top:82px;bottom:0}
.x-grid{position:absolute;background:#fff;border:1px solid #c5c9ce;overflow:hidden}
.x-grid-header{position:absolute;left:0;top:0;border-collapse:collapse;table-layout:fixed;background:#eceff2}
.x-grid-header td{height:36px;padding:0;border-right:1px solid #d0d4d9;overflow:hidden}.x-grid-header div{padding:0 8px;white-space:nowrap;
overflow:hidden;text-overflow:ellipsis;font-weight:600;font-size:12px}
.x-grid-body{position:absolute;left:0;right:0;top:37px;bottom:0;overflow:hidden}
.x-row{position:absolute;left:0;right:0;height:36px;border-bottom:1px solid #eceff2;cursor:pointer;user-select:none}
.x-row.odd{background:#f8f9fb}.x-row-selected,.x-row-selected.odd{background:#c9def5}
.x-cell{position:absolute;top:0;height:36px;line-height:36px;padding:0 8px;box-sizing:border-box;white-space:nowrap;overflow:hidden;
text-overflow:ellipsis;font-size:13px}
.x-scroller{position:absolute;right:0;top:37px;bottom:0;width:17px;overflow-y:scroll;overflow-x:hidden}
.v-loading-indicator{position:fixed;left:0;top:0;height:3px;width:60%;background:#2a6fb0;z-index:30000;display:none}
.v-window-modalitycurtain{position:fixed;inset:0;background:#222;opacity:.25;z-index:10000}
.v-window{position:fixed;z-index:10001;background:#fff;border-radius:4px;box-shadow:0 4px 24px rgba(0,0,0,.5);animation:win .25s}
@keyframes win{from{opacity:0;transform:scale(.9)}}
.v-window-outerheader{position:relative;height:38px;background:#f0f2f5;border-bottom:1px solid #ccc}
.v-window-header{padding:10px 14px;font-size:15px}.v-window-closebox{position:absolute;right:8px;top:6px;width:24px;height:24px;
text-align:center;cursor:pointer}.v-window-closebox:before{content:"×";font-size:20px}
.v-window-contents{padding:12px}.v-window td{padding:2px 10px 2px 2px;text-align:left}
.v-caption-td{font-size:12px;color:#667;padding-top:9px!important}
.v-textfield{width:230px;padding:5px;border:1px solid #ccd;font:13px Tahoma;background:#f7f7f7}
.v-Notification{position:fixed;right:20px;bottom:20px;z-index:20000;background:#2d3e50;color:#fff;padding:14px 20px;border-radius:4px;
animation:note .4s;transition:opacity .4s}@keyframes note{from{transform:translateY(60px);opacity:0}}
.v-Notification h1{font-size:14px;margin:0}.v-Notification p{font-size:12px;margin:4px 0 0}
.x-mask{position:absolute;inset:0;background:rgba(255,255,255,.6);text-align:center;padding-top:90px}
</style></head><body scroll="auto" class="v-generated-body">
<div id="isgkatip-97" class="v-app valo"><div class="v-app-loading"></div></div><iframe src="javascript:''" id="__gwt_historyFrame"
 style="position:absolute;width:0;height:0;border:0" tabindex="-1" title=""></iframe>
<div class="v-loading-indicator" id="li"></div><script>{{ script|safe }}</script></body></html>"""

SCRIPT = r"""
(function(){
var START='__START__';
var root=document.getElementById('isgkatip-97'),li=document.getElementById('li');
/* ---- remote calls, one after another, as UIDL does ---- */
var queue=[],busy=false,timer;
function rpc(m,a,cb){queue.push([m,a,cb]);pump()}
function pump(){if(busy||!queue.length)return;busy=true;var c=queue.shift();timer=setTimeout(function(){li.style.display='block'},150);
 fetch('/UIDL/?v-uiId=0',{method:'POST',headers:{'Content-Type':'application/json; charset=UTF-8'},body:JSON.stringify({rpc:c[0],args:c[1]||{}})})
 .then(function(r){if(!r.ok)throw new Error(r.status);return r.json()})
 .then(function(j){done();c[2]&&c[2](j);pump()},function(e){done();queue=[];
  note('error',e.message==='401'?'Oturum sona erdi':'Sunucu bağlantısı kesildi','Lütfen sayfayı yenileyiniz.',6000)})}
function done(){busy=false;clearTimeout(timer);li.style.display='none'}
/* ---- widgets ---- */
function el(tag,cls,parent,text){var e=document.createElement(tag);if(cls)e.className=cls;if(text!=null)e.textContent=text;
 if(parent)parent.appendChild(e);return e}
function at(e,l,t,w,h){e.style.left=l+'px';e.style.top=t+'px';if(w!=null)e.style.width=w+'px';if(h!=null)e.style.height=h+'px';return e}
/* a widget listens to the pointer: pressed down on it and let go on it; click() alone does nothing */
function press(e,fn){var down=false;
 e.addEventListener('pointerdown',function(v){if(v.button===0&&!e.classList.contains('v-disabled')){down=true;e.classList.add('v-pressed')}});
 e.addEventListener('pointerup',function(v){e.classList.remove('v-pressed');if(down&&!e.classList.contains('v-disabled')){down=false;
  setTimeout(function(){fn(v)},0)}});
 e.addEventListener('pointerleave',function(){down=false;e.classList.remove('v-pressed')});
 e.addEventListener('keydown',function(v){if((v.key==='Enter'||v.key===' ')&&!e.classList.contains('v-disabled')){v.preventDefault();fn(v)}});
 return e}
function button(parent,text,fn,off){var b=el('div','v-button v-widget',parent);b.setAttribute('role','button');b.tabIndex=0;
 var w=el('span','v-button-wrap',b);el('span','v-button-caption',w,text);press(b,fn);enable(b,!off);return b}
function enable(b,on){b.classList.toggle('v-disabled',!on);b.tabIndex=on?0:-1;if(on)b.removeAttribute('aria-disabled');else
 b.setAttribute('aria-disabled','true')}
function note(kind,caption,text,ms){var n=el('div','v-Notification '+kind+' v-Notification-'+kind,document.body),p=el('div','popupContent',n);
 var g=el('div','gwt-HTML',p);el('h1','v-Notification-caption',g,caption);el('p','v-Notification-description',g,text);
 setTimeout(function(){n.style.opacity='0';setTimeout(function(){n.remove()},400)},ms||2200)}
var top_=10001;
function win(title,w,left,y){var c=el('div','v-window-modalitycurtain',document.body),d=el('div','v-window v-widget',document.body);
 c.style.zIndex=top_++;d.style.zIndex=top_++;at(d,left,y,w);
 var p=el('div','popupContent',d),q=el('div','v-window-wrap',p),r=el('div','v-window-wrap2',q),h=el('div','v-window-outerheader',r);
 el('div','v-window-header',h,title);var x=press(el('div','v-window-closebox',h),function(){close()});x.setAttribute('role','button');
 x.tabIndex=0;x.setAttribute('aria-label','close button');
 var body=el('div','v-window-contents',r);
 function close(){c.remove();d.remove()}
 return {body:body,close:close}}
var img='data:image/svg+xml;base64,'+btoa('<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="2.5" y="2.5" width="10" height="10" fill="#fff" stroke="#777"/><path d="M5 7.5h5M7.5 5v5" stroke="#222"/></svg>');
var img2='data:image/svg+xml;base64,'+btoa('<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect x="2.5" y="2.5" width="10" height="10" fill="#fff" stroke="#777"/><path d="M5 7.5h5" stroke="#222"/></svg>');
var img0='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
/* ---- a grid of divs: rows are placed by hand, reused while one scrolls; the data comes later than the row ---- */
function Grid(parent,o){
 var me=this,H=37,box=el('div','x-grid v-widget',parent),cache={},total=o.total,rows=[],n=Math.ceil(o.height/H)+1;
 box.tabIndex=0;at(box,o.x,o.y,o.width,o.height+38);
 var head=el('table','x-grid-header',box),tr=el('tr',null,el('tbody',null,head)),x=0;
 o.columns.forEach(function(c){c.x=x;x+=c.w;var td=el('td',null,tr);td.style.width=(c.w-1)+'px';el('div',null,td,c.text)});
 head.style.width=x+'px';
 var body=el('div','x-grid-body',box),sc=el('div','x-scroller',box),spacer=el('div',null,sc);spacer.style.width='1px';
 me.selected=null;
 function size(){spacer.style.height=(total*H)+'px'}
 function fill(r,i){r.i=i;r.e.style.display=i<total?'':'none';r.e.classList.toggle('odd',i%2===1);
  var d=cache[i];r.d=d;
  o.columns.forEach(function(c,k){if(c.draw)c.draw(r.c[k],d,me);else r.c[k].textContent=d?d[c.key]:''});
  r.e.classList.toggle('x-row-selected',!!d&&me.selected!==null&&d.key===me.selected)}
 for(var k=0;k<n;k++)(function(){var r={e:el('div','x-row',body),c:[],i:-1};rows.push(r);
  o.columns.forEach(function(c){var v=el('div','x-cell',r.e);at(v,c.x,0,c.w);r.c.push(v)});
  press(r.e,function(){if(!r.d)return;me.selected=r.d.key;draw(true);o.onSelect(r.d)})})();
 var asked=false;
 function draw(force){var t=sc.scrollTop,first=Math.floor(t/H),want=false;
  for(var i=first;i<first+n;i++){var r=rows[i%n];if(r.i!==i||force)fill(r,i);r.e.style.transform='translate3d(0px, '+(i*H-t)+'px, 0px)';
   if(i<total&&!cache[i])want=true}
  if(want&&!asked){asked=true;setTimeout(function(){asked=false;var f=Math.floor(sc.scrollTop/H);
   rpc(o.rpc,{start:f,limit:n+1},function(j){total=j.total;size();j.rows.forEach(function(d,q){cache[f+q]=d});draw(true)})},60)}}
 sc.addEventListener('scroll',function(){requestAnimationFrame(function(){draw(false)})});
 body.addEventListener('wheel',function(v){v.preventDefault();sc.scrollTop+=v.deltaY},{passive:false});
 box.addEventListener('keydown',function(v){var s={ArrowDown:H,ArrowUp:-H,PageDown:o.height,PageUp:-o.height,Home:-1e6,End:1e6}[v.key];
  if(s&&v.target===box){v.preventDefault();sc.scrollTop+=s}});
 me.refresh=function(){cache={};me.selected=null;draw(true)};
 me.width=x;size();draw(true)}
/* ---- entry ---- */
function clear(){root.textContent='';return root}
function top(){var h=at(el('div','v-absolutelayout-wrapper',root),0,0);h.style.right='0';h.style.height='46px';h.style.background='#22415f';
 h.style.color='#fff';return h}
function entry(){clear();var h=top();at(el('div','v-label',h,'T.C. ÇALIŞMA VE SOSYAL GÜVENLİK BAKANLIĞI - İSG-KÂTİP'),16,14).style.position='absolute';
 var p=at(el('div','v-absolutelayout-wrapper',root),440,170);el('div','v-label',p,'Sisteme e-Devlet Kapısı üzerinden giriş yapınız.').style.marginBottom='14px';
 button(p,'İSG KATİP Giriş',function(){location.href='/edevlet'})}
function mainMenu(){clear();top();
 [['Kayıtlı Kullanıcı Girişi','OSGB, işyeri, İSG profesyoneli kullanıcılarının girişi',function(){rpc('workplaces',{},choice)}],
  ['Sorgulama & Başvuru','Belge sorgulama ve kayıtlı olmayanların başvuruları',function(){rpc('touch',{button:'Sorgulama & Başvuru'})}],
  ['Vazgeç & Çıkış Yap','e-Devlet kapısına dönüş',leave],
  ['İSG-KATİP Kullanıcı Kılavuzu','Kılavuzlar ve sık sorulan sorular',function(){rpc('touch',{button:'Kılavuz'})}]]
 .forEach(function(b,i){var d=at(el('div','v-menubox',root),220+(i%2)*410,120+Math.floor(i/2)*180);el('div','cap',d,b[0]);
  el('div','txt',d,b[1]);press(d,b[2])})}
/* ---- workplace ---- */
function choice(j){clear();top();var chosen=null;
 var w=at(el('div','v-absolutelayout-wrapper',root),40,70);el('div','v-label',w,'İşlem yapmak istediğiniz işyerini seçiniz');
 function radio(cell,d,g){var i=cell.querySelector('input');if(!i){var s=el('span','v-radiobutton',cell);i=el('input',null,s);i.type='radio';
   i.name='gwt-uid-3';i.tabIndex=-1;el('label',null,s)}
  i.style.visibility=d?'':'hidden';i.checked=!!d&&g.selected===d.key}
 new Grid(root,{x:40,y:100,width:1000,height:37*4,total:j.total,rpc:'workplaces',onSelect:function(d){chosen=d},columns:[
  {text:'',w:44,draw:radio},{text:'Kurum Unvanı',key:'title',w:370},{text:'SGK Sicil No',key:'sgk',w:250},{text:'Kullanıcı',key:'role',w:330}]});
 var b=at(el('div','v-absolutelayout-wrapper',root),40,310);
 button(b,'Kayıtlı Kullanıcı Girişi',function(){if(!chosen){note('warning','Uyarı','Lütfen işyeri seçiniz.');return}
  rpc('choose',{n:chosen.key},function(j){location.hash='!home';desk(j)})});
 button(b,'Vazgeç & Çıkış Yap',leave);
 var t=at(el('div','v-absolutelayout-wrapper',root),40,370,1000);t.style.lineHeight='1.5';
 t.innerHTML='Eğer sisteme giriş yapmak istediğiniz <b>İşyeri - Firma</b> yukarıdaki listede gözükmüyor ise aşağıdaki <b>E-Bildirge Kullanıcısı Güncelle</b> butonuna basınız. Lütfen İSG-KATİP Kullanıcı Kılavuzunu okuyunuz.';
 var u=at(el('div','v-absolutelayout-wrapper',root),40,430);
 button(u,'E-Bildirge Kullanıcısı Güncelle',function(){rpc('touch',{button:'E-Bildirge Kullanıcısı Güncelle'})});
 button(u,'İSG-KATİP Kullanıcı Kılavuzu',function(){})}
function leave(){rpc('out',{},function(){location.href='/cikis'})}
/* ---- the desk: tree on the left, tabs on the right ---- */
var tabs;
function desk(j){clear();var h=top();
 at(el('div','v-label',h,'İSG-KATİP v9.19.01.10'),16,14).style.position='absolute';
 ['Kurum Bilgileri','Kullanıcı Bilgileri','Kullanıcı Kılavuzu','Kurum Kep Adresi'].forEach(function(s,i){
  var a=at(el('div','gwt-Label',h,s),560+i*150,14);a.style.position='absolute'});
 var tree=el('div','gwt-Tree',root);
 function item(parent,text,kids,go,deep){var d=el('div',null,parent);d.style.marginLeft=(deep?18:2)+'px';d.style.whiteSpace='nowrap';
  var holder=d,cap,im;
  if(kids){var tr=el('tr',null,el('tbody',null,el('table',null,d)));im=el('img',null,el('td',null,tr));im.src=img;im.width=16;im.height=16;
   im.setAttribute('border','0');holder=el('td',null,tr)}else d.style.paddingLeft='22px';
  cap=el('div','gwt-TreeItem',holder,text);
  press(cap,function(){tree.querySelectorAll('.gwt-TreeItem-selected').forEach(function(s){s.classList.remove('gwt-TreeItem-selected')});
   cap.classList.add('gwt-TreeItem-selected');if(go)go()});
  if(!kids)return;
  var box=el('div',null,d),open=false,loaded=false;box.style.display='none';
  function turn(){open=!open;im.src=open?img2:img;
   if(!loaded){loaded=true;rpc('children',{node:text},function(k){k.forEach(function(c){item(box,c,null,go2(c),true)});grow()})}else grow();
   function grow(){if(!open){box.style.display='none';return}box.style.display='';box.style.overflow='hidden';var f=box.scrollHeight,t0=performance.now();
    (function step(t){var q=Math.min(1,(t-t0)/200);box.style.height=Math.max(0,Math.round(f*q))+'px';if(q<1)requestAnimationFrame(step);else
     {box.style.height='';box.style.overflow=''}})(t0)}}
  press(im,turn);cap.addEventListener('dblclick',turn)}
 function go2(c){return function(){if(c==='Sözleşmeler')openGrid();else rpc('touch',{button:c})}}
 item(tree,'Ana Sayfa',null,function(){rpc('home',{},home)});
 item(tree,'Güvenli Çıkış',null,leave);
 item(tree,'Anket',null,function(){});
 item(tree,'İsg Profesyonelleri',true);
 item(tree,'Hizmet Alan İşyeri Modülü',true);
 item(tree,'Kurum Değiştir',null,function(){rpc('workplaces',{},choice)});
 item(tree,'Güvenli Çıkış',null,leave);
 var bar=el('div','v-tabsheet-tabcontainer',root),content=el('div','v-tabsheet-content',root);tabs={};
 tabs.open=function(name,build){var t=tabs[name];if(!t){var i=el('div','v-tabsheet-tabitem',bar),c=el('div','v-caption',i);
   el('div','v-captiontext',c,name);var p=el('div','v-tabsheet-tabsheetpanel',content);p.style.cssText='position:absolute;inset:0';
   t=tabs[name]={i:i,p:p};press(i,function(){show(t)});build(p)}
  show(t);return t};
 function show(t){for(var k in tabs)if(tabs[k].i){tabs[k].i.classList.toggle('v-tabsheet-tabitem-selected',tabs[k]===t);
  tabs[k].p.style.display=tabs[k]===t?'':'none'}}
 home(j)}
function home(j){tabs.open('Ana Sayfa',function(p){var y=16;
 [['HOŞGELDİNİZ','Hoşgeldiniz Sayın DENEME KULLANICI<br><br>Personel Kategorisi: <b>Hizmet Alan İşyeri E-Bildirge Kullanıcısı</b>,<br>Kullanıcı Grubu: <b>Hizmet Alan İşyeri Kullanıcısı</b>.<br><br>Sisteme '+j.now+' tarihinde, '+j.tc+' ve '+j.ip+' ile Girişiniz Kayıt Altına Alındı. Sistemde Yaptığınız Tüm İşlemler Kayıt Altında Tutulmaktadır.',180],
  ['SİZE ÖZEL','Size özel mesaj bulunmamaktadır.',80],['ONAY BEKLEYEN SÖZLEŞMELER','<span class="gwt-InlineHTML">'+j.pending+'</span> adet Onay Bekleyen Sözleşmeniz Bulunuyor.',80]].forEach(function(s){
  var d=at(el('div','v-panel',p),16,y,760,s[2]);d.style.position='absolute';d.style.background='#fff';y+=s[2]+14;
  var c=at(el('div','v-panel-caption',d,s[0]),10,8);c.style.position='absolute';c.style.fontWeight='600';
  var t=at(el('div','gwt-HTML',d),10,34,740);t.style.position='absolute';t.innerHTML=s[1]})})}
/* ---- contracts ---- */
var grid,current,onayla,needs;
function openGrid(){if(tabs['Sözleşmeler']){tabs.open('Sözleşmeler');grid.refresh();pick(null);return}
 tabs.open('Sözleşmeler',function(p){
  var mask=el('div','x-mask',p,'Yükleniyor...');
  rpc('count',{},function(j){mask.remove();
   var bar=at(el('div','v-horizontallayout v-toolbar',p),6,6);bar.style.position='absolute';bar.style.whiteSpace='nowrap';needs=[];
   ['Yeni','İşe Grv.','Onayla','Sözleşme İptal','Sil','Detay Yazdır','Sözleşme Yazdır','Export','Tazele','Sözleşmeleri Diğer İşyerlerim'].forEach(function(t){
    var off=['Onayla','Sözleşme İptal','Sil','Detay Yazdır','Sözleşme Yazdır'].indexOf(t)>=0;
    var b=button(bar,t,function(){if(t==='Onayla')form();else if(t==='Tazele'){grid.refresh();pick(null)}else rpc('touch',{button:t})},off);
    b.style.padding='0 8px';if(t==='Onayla')onayla=b;else if(off)needs.push(b)});
   grid=new Grid(p,{x:6,y:50,width:1006,height:37*6,total:j.total,rpc:'rows',onSelect:pick,columns:[
    {text:'Personel Kategorisi',key:'category',w:180},{text:'Adı Soyadı',key:'name',w:160},{text:'Grv. Türü',key:'duty',w:75},
    {text:'Grv. Başlama Tarih',key:'start',w:135},{text:'Çalışma Şekli',key:'work',w:103},
    {text:'Çalışma Durumu',key:'state',w:113},{text:'Grv. Ayrılış Trh',key:'end',w:112},{text:'Grv. Onay Durumu',key:'status',w:128}]});
   var f=at(el('div','v-label',p,'Toplam '+j.total+' kayıt'),10,320);f.style.position='absolute'})})}
function pick(d){current=d;if(!d){enable(onayla,false);needs.forEach(function(b){enable(b,false)});return}
 rpc('selected',{key:d.key},function(j){if(current&&current.key===d.key){enable(onayla,j.may);needs.forEach(function(b){enable(b,true)})}})}
function form(){rpc('form',{key:current.key},function(c){
 var w=win('SÖZLEŞME ONAY',560,340,70),bar=el('div','v-toolbar',w.body);
 var save=button(bar,'Kayıt',function(){enable(save,false);rpc('save',{key:c.key},function(j){
  note('humanized','Bilgi','İşlem sonucu alındı.');
  setTimeout(function(){var o=win('İSG-KATİP',380,420,200);var m=el('div','v-label v-widget',o.body);m.textContent=j.message;m.style.marginBottom='14px';
   button(o.body,'OK',function(){o.close();w.close();pick(null);grid.refresh()})},250)})});
 var t=el('tbody',null,el('table','v-formlayout-containertable',w.body));
 function pair(a){var r1=el('tr',null,t),r2=el('tr',null,t);a.forEach(function(f){var c=el('td','v-caption-td',r1);el('div','gwt-Label',c,f[0]);
  var i=el('input','v-textfield v-widget v-readonly',el('td',null,r2));i.type='text';i.readOnly=true;i.tabIndex=-1;i.value=f[1]})}
 pair([['Adı Soyadı',c.name],['Görevlendirme ID',c.gorevlendirme_id]]);
 pair([['Ayl. Çlş. Süresi (Dk)',c.minutes],['Ayl. Fzl. Mesai Süresi (Dk)',c.overtime]]);
 pair([['Kalan Max. Ayl. Çlş. Süresi (Dk)',c.rest],['Kalan Max. Ayl. Fzl. Mesai Süresi (Dk)',c.rest_overtime]]);
 var r=el('tr',null,t),cc=el('td','v-caption-td',r,'');cc.colSpan=2;el('div','gwt-Label',cc,'Açıklama');
 var v=el('td',null,el('tr',null,t));v.colSpan=2;var ta=el('textarea','v-textarea',v);ta.style.width='480px';ta.rows=3})}
/* ---- go ---- */
setTimeout(function(){if(START==='entry')entry();else rpc('hello',{},function(j){if(j.workplace)desk(j);else mainMenu()})},350);
})();
"""

CHILDREN = {
    "Hizmet Alan İşyeri Modülü": ["Sözleşmeler", "Silinen Sözleşmeler", "Yardımcı C Sözleşmeler", "Stajyerler",
                                  "Sorumlu Müdür İşlemleri", "Yetki Belgesi Başvuruları", "Dosyalar", "Gezici İSG Araç Sözleşme",
                                  "Kurum Özel Statü İİ"],
    "İsg Profesyonelleri": ["Uzman Arama", "Hekim Arama"],
}

OUT = """<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>İSG-KÂTİP</title></head><body><div class="v-app"
 style="position:absolute;left:300px;top:160px"><div class="v-label">Oturumunuz güvenli bir şekilde kapatılmıştır.</div></div></body></html>"""


class Gwt(Stranger):
    """GWT: divs and pointer events, a grid that scrolls virtually, a tree whose [+] opens it."""

    def site(self, app: Flask) -> None:
        play = self.play

        @app.get("/")
        def start() -> str:
            return render_template_string(SITE, to=play.origin("katip") + "/")

    def edevlet(self, app: Flask) -> None:
        play = self.play

        @app.route("/Giris/gir", methods=["GET", "POST"])
        def gate() -> Any:
            if request.method == "GET":
                return render_template_string(EDEVLET, said="")
            time.sleep(0.25)
            if sign_in(play, request.form["tridField"], request.form["egpField"]):
                return to_katip(play)
            return render_template_string(EDEVLET, said="T.C. Kimlik No veya e-Devlet Şifresi hatalı.")

    def katip(self, app: Flask) -> None:
        play = self.play
        def host(start: str) -> str:
            script = SCRIPT.replace("__START__", start)
            return render_template_string(HOST, script=script)

        @app.get("/")
        def entry() -> str:
            return host("entry")

        @app.get("/edevlet")
        def to_edevlet() -> Any:
            time.sleep(0.15)
            return redirect(play.origin("edevlet") + "/Giris/gir")

        @app.get("/giris")
        def ticket() -> Any:
            return arrive("/isgkatip/")

        @app.get("/isgkatip/")
        def portal() -> Any:
            return host("portal") if play.session() is not None else redirect("/")

        @app.get("/cikis")
        def out() -> str:
            return OUT

        def hello() -> dict[str, Any]:
            return {
                "workplace": (play.session() or {}).get("workplace"), "pending": play.pending(), "tc": TCKN, "ip": "192.0.2.44",
                "now": datetime.now().strftime("%d.%m.%Y %H:%M"),
            }

        def slice_of(rows: list[dict[str, Any]], args: dict[str, Any]) -> dict[str, Any]:
            first = int(args.get("start", 0))
            return {"total": len(rows), "rows": rows[first : first + int(args.get("limit", 100))]}

        def workplaces(args: dict[str, Any]) -> dict[str, Any]:
            rows = [{"key": str(i), "title": w.title, "sgk": f"({w.sgk})", "role": "(Hizmet Alan İşyeri E-Bildirge Kullanıcısı)"}
                    for i, w in enumerate(play.workplaces)]
            return slice_of(rows, args)

        def choose(args: dict[str, Any]) -> dict[str, Any]:
            play.choose(play.workplaces[int(args["n"])].sgk)
            return hello()

        def touch(args: dict[str, Any]) -> dict[str, Any]:
            play.note("touched", button=args["button"])
            return {"ok": True}

        def leave(args: dict[str, Any]) -> dict[str, Any]:
            play.leave()
            return {"ok": True}

        answers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "hello": lambda args: hello(),
            "home": lambda args: hello(),
            "workplaces": workplaces,
            "choose": choose,
            "children": lambda args: CHILDREN[args["node"]],
            "count": lambda args: {"total": len(play.contracts)},
            "rows": lambda args: slice_of(play.rows(), args),
            "selected": lambda args: {"may": play.by_key(args["key"]).status == "Onay Bekliyor"},
            "form": lambda args: asdict(play.form(args["key"])),
            "save": lambda args: {"message": play.save(args["key"])},
            "touch": touch,
            "out": leave,
        }

        @app.post("/UIDL/")
        def uidl() -> Any:
            if play.session() is None:
                return Response(status=401)
            call, args = request.get_json()["rpc"], request.get_json()["args"]
            time.sleep(random.uniform(0.08, 0.4))
            answer = answers.get(call)
            return Response(status=400) if answer is None else jsonify(answer(args))
