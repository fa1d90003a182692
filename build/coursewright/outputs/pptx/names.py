"""What a layout's name says about its role, in two dozen languages.

The names are those of PowerPoint's own templates as each language version of it writes them (the Office Theme's eleven
layouts), of Google Slides, Keynote and LibreOffice when they export, and what corporate designers like to write. A name
is looked up as a whole first; then by what its words mean: "title" and "only", "two" and "columns". A name that says
vertical text, or three columns and more, has no role of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

FOLDS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})  # letters Unicode cannot take apart
COPY = re.compile(r"^\s*\d+_")  # "1_Title and Content": PowerPoint's mark for a layout pasted from elsewhere
COUNT = re.compile(r"[\s_.#-]*\d+\s*$")  # "Content 3": a designer's count
BRACKETS = re.compile(r"[(\[{](?!\d+\s*[^\W\d])[^()\[\]{}]*[)\]}]")  # "(blue)", "(2)", but not "(2 columns)"
JOINED = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-Þ])")  # "TitleOnly"
WORDS = re.compile(r"[^\W\d_]+|\d+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # written without spaces, or with particles joined on

# Whole names, one a line or separated by "|". Office Theme: en de fr es pt-BR pt-PT it nl pl cs sv da nb fi ru uk tr el hu ro
# ja zh-CN zh-TW ko ar he; then others' and designers' own.
WHOLE = {
    "cover": """
        Title Slide | Title | Titelfolie | Diapositive de titre | Diapositiva de título | Slide de título
        Diapositivo de título | Diapositiva titolo | Titeldia | Slajd tytułowy | Úvodní snímek | Rubrikbild | Titelslide
        Titeldias | Tittellysbilde | Otsikkodia | Титульный слайд | Титульний слайд | Başlık Slaydı | Διαφάνεια τίτλου
        Címdia | Diapozitiv titlu | タイトル スライド | 标题幻灯片 | 標題投影片 | 제목 슬라이드 | شريحة عنوان | شريحة العنوان
        שקופית כותרת | Cover | Cover Slide | Front Page | Frontpage | Opening | Opening Slide | Presentation Title
        Title & Subtitle | Title and Subtitle | Title - Center | Titelseite | Titelblatt | Titel | Deckblatt | Startfolie
        Page de garde | Page de titre | Couverture | Première de couverture | Diapo de titre | Titre | Portada | Carátula
        Título | Título y subtítulo | Capa | Título e subtítulo | Copertina | Titolo | Titolo e sottotitolo | Omslag
        Voorblad | Voorpagina | Titelpagina | Okładka | Strona tytułowa | Tytuł | Titulní snímek | Titulní strana | Titulka
        Obálka | Framsida | Försättsblad | Startbild | Forside | Forsiden | Kansi | Kansidia | Aloitusdia | Обложка | Титул
        Титульна | Обкладинка | Kapak | Kapak Slaydı | Εξώφυλλο | Címlap | Borító | Copertă | Titlu | 表紙 | タイトル
        表紙スライド | 封面 | 封面页 | 封面頁 | 标题 | 標題 | 标题页 | 표지 | 제목 | 제목과 부제목 | غلاف | الغلاف | שער
        עמוד שער""",
    "content": """
        Title and Content | Title, Content | Titel und Inhalt | Titre et contenu | Título y objetos | Título y contenido
        Título e conteúdo | Título e objeto | Título e objecto | Título e objectos | Titolo e contenuto | Titel en object
        Titel en inhoud | Tytuł i zawartość | Nadpis a obsah | Rubrik och innehåll | Titel og indholdsobjekt
        Titel og indhold | Tittel og innhold | Otsikko ja sisältö | Заголовок и объект | Заголовок и содержимое
        Заголовок і об'єкт | Заголовок і вміст | Назва та вміст | Назва й вміст | Başlık ve İçerik | Τίτλος και περιεχόμενο
        Τίτλος και Αντικείμενο | Cím és tartalom | Titlu și conținut | タイトルとコンテンツ | 标题和内容 | 标题与内容
        標題及物件 | 標題及內容 | 標題與內容 | 제목 및 내용 | عنوان ومحتوى | العنوان والمحتوى | כותרת ותוכן | Title and Body
        Title and Text | Title & Bullets | Title and Bullets | Title + Text | Bullets | Body | Content | Text
        One column text | One Content | Single Content | One Column | Standard | Standard Content | Main | Main Content
        Default | General | Text Slide | Content Slide | Bullet Slide | Titel + Inhalt | Titel und Text | Titel + Text
        Textfolie | Inhaltsfolie | Inhalt | Aufzählung | Standardfolie | Titre et texte | Titre + texte | Titre et puces
        Contenu | Texte | Título y texto | Contenido | Texto | Título e texto | Conteúdo | Titolo e testo | Contenuto | Testo
        Titel en tekst | Inhoud | Tekst | Tytuł i tekst | Zawartość | Nadpis a text | Obsah snímku | Rubrik och text
        Innehåll | Titel og tekst | Tittel og tekst | Innhold | Otsikko ja teksti | Sisältö | Заголовок и текст | Текст
        Заголовок і текст | Başlık ve Metin | İçerik | Τίτλος και κείμενο | Περιεχόμενο | Cím és szöveg | Tartalom
        Titlu și text | タイトルとテキスト | タイトルと本文 | 本文 | 見出しと本文 | コンテンツ | 汎用 | 标题和文本 | 正文
        内容 | 內容 | 内容页 | 標題和文字 | 內文 | 제목 및 본문 | 제목 및 텍스트 | 본문 | 내용 | عنوان ونص | محتوى
        כותרת וטקסט | תוכן | Body Text | Copy""",
    "section": """
        Section Header | Abschnittsüberschrift | Abschnitts-überschrift | Abschnittsueberschrift | En-tête de section
        Titre de section | Encabezado de sección | Cabeçalho da Seção | Cabeçalho da secção | Intestazione sezione
        Intestazione della sezione | Sectiekop | Nagłówek sekcji | Záhlaví oddílu | Záhlaví části | Avsnittsrubrik
        Afsnitsoverskrift | Sektionsoverskrift | Deloverskrift | Inndelingsoverskrift | Osan ylätunniste | Osan otsikko
        Заголовок раздела | Заголовок розділу | Назва розділу | Bölüm Üstbilgisi | Bölüm Başlığı | Κεφαλίδα ενότητας
        Επικεφαλίδα ενότητας | Szakaszfejléc | Antet secțiune | セクション見出し | 节标题 | 章節標題 | 區段標題 | 구역 머리글
        عنوان المقطع | رأس المقطع | رأس القسم | عنوان القسم | כותרת מקטע עליונה | כותרת מקטע | Section | Section Title
        Section title and description | Divider | Section Divider | Chapter | Chapter Title | Separator | Breaker | Transition
        Kapiteltrenner | Kapitel | Kapitelfolie | Kapitelstart | Trenner | Trennfolie | Trennseite | Zwischentitel
        Zwischenfolie | Zwischenblatt | Intercalaire | Chapitre | Tête de chapitre | Portadilla | Separador | Capítulo
        Sección | Divisória | Separadora | Seção | Secção | Sezione | Capitolo | Divisore | Separatore | Hoofdstuk
        Tussenblad | Tussenpagina | Scheidingsdia | Sekcja | Przekładka | Rozdział | Oddíl | Kapitola | Předěl | Avsnitt
        Mellanrubrik | Avdelare | Afsnit | Skilleside | Skilleark | Del | Kapittel | Osio | Väliotsikko | Välidia | Раздел
        Разделитель | Шмуцтитул | Розділ | Роздільник | Bölüm | Ayraç | Ενότητα | Διαχωριστικό | Szakasz | Fejezet
        Elválasztó | Secțiune | Capitol | セクション | 中表紙 | 中扉 | 扉 | 章 | 章扉 | 节 | 章节 | 章節 | 过渡页 | 過渡頁
        间隔页 | 구역 | 간지 | 챕터 | 섹션 | قسم | فاصل | פרק | מקטע | חוצץ""",
    "two-content": """
        Two Content | Zwei Inhalte | 2 Inhalte | Deux contenus | Dos objetos | Dos contenidos | Duas Partes de Conteúdo
        Dois Conteúdos | Conteúdo duplo | Due contenuti | Contenuto 2 | Inhoud van twee | Twee objecten
        Twee inhoudselementen | Dwa elementy zawartości | Dva obsahy | Två innehållsdelar | To indholdsobjekter
        To innholdsdeler | Kaksi sisältökohdetta | Kaksi sisältöä | Два объекта | Два об'єкти | Два вмісти | İki İçerik
        Δύο περιεχόμενα | Δύο Αντικείμενα | 2 tartalomrész | Két tartalomrész | Két tartalom | Două tipuri de conținut
        Două conținuturi | 2 つのコンテンツ | 两栏内容 | 兩項物件 | 兩個內容 | 兩欄內容 | 콘텐츠 2개 | 두 내용 | محتويين
        محتويان | محتوى مزدوج | שני תכנים | Title and two columns | Title, 2 Content | Title and 2 Content
        Title, Content 2 columns | Two Columns | Two Column Text | 2 Columns | 2-Column | Split | Half and half | 50/50
        Left and Right | Side by side | Two Text | Text and Content | Titre et deux colonnes | Zweispaltig | Zwei Spalten
        2 Spalten | 2-spaltig | Deux colonnes | Dos columnas | Duas colunas | Due colonne | Twee kolommen | Dwie kolumny
        Dva sloupce | Två kolumner | Två spalter | To kolonner | To spalter | Kaksi palstaa | Две колонки | Два столбца
        Дві колонки | İki Sütun | Δύο στήλες | Két oszlop | Két hasáb | Două coloane | 2段組 | 2カラム | 二段組 | 左右 | 双栏
        两栏 | 雙欄 | 兩欄 | 2단 | 두 단 | 좌우 | عمودان | שתי עמודות""",
    "comparison": """
        Comparison | Vergleich | Gegenüberstellung | Comparaison | Comparación | Comparação | Confronto | Vergelijking
        Porównanie | Porovnání | Jämförelse | Sammenligning | Vertailu | Сравнение | Порівняння | Karşılaştırma | Σύγκριση
        Összehasonlítás | Comparație | 比較 | 比较 | 比對 | 对比 | 對比 | 비교 | مقارنة | השוואה | Compare | Versus
        Before and After | Pros and Cons | Vorher Nachher | Pro und Contra | Avant Après""",
    "title-only": """
        Title Only | Nur Titel | Titre seul | Solo el título | Solo título | Somente título | Só título | Apenas título
        Solo titolo | Alleen titel | Tylko tytuł | Jenom nadpis | Pouze nadpis | Endast rubrik | Kun titel | Bare tittel
        Kun tittel | Vain otsikko | Только заголовок | Лише заголовок | Тільки заголовок | Лише назва | Yalnızca Başlık
        Sadece Başlık | Μόνο τίτλος | Csak cím | Doar titlu | Numai titlu | タイトルのみ | 仅标题 | 只有標題 | 僅標題 | 제목만
        عنوان فقط | العنوان فقط | כותרת בלבד | Headline only | Title - Top | Heading only | Nur Überschrift | Nur Headline""",
    "blank": """
        Blank | Blank Slide | Empty | Leer | Leere Folie | Vide | Diapositive vide | Vierge | En blanco | Vacía | Em branco
        Vazio | Vuota | Vuoto | Leeg | Lege dia | Pusty | Pusty slajd | Prázdný | Prázdná | Tom | Tomt | Tyhjä | Пустой слайд
        Пустой | Пустий слайд | Порожній слайд | Порожній | Boş | Boş Slayt | Κενό | Κενή | Κενή διαφάνεια | Üres
        Necompletat | Gol | 白紙 | 空白 | 空白幻灯片 | 空白页 | 빈 화면 | 빈 슬라이드 | فارغ | فارغة | שקופית ריקה | ריק""",
    "picture": """
        Picture with Caption | Bild mit Überschrift | Bild mit Bildunterschrift | Image avec légende | Imagen con título
        Imagem com Legenda | Immagine con didascalia | Afbeelding met bijschrift | Obraz z podpisem | Obrázek s titulkem
        Bild med bildtext | Billede med billedtekst | Bilde med tekst | Bilde med bildetekst | Otsikollinen kuva
        Kuvatekstillinen kuva | Рисунок с подписью | Рисунок з підписом | Зображення з підписом | Başlıklı Resim
        Resim Yazılı Resim | Εικόνα με λεζάντα | Kép képaláírással | Imagine cu legendă | タイトル付きの図 | 图片与标题
        图片和标题 | 含標題的圖片 | 圖片與標題 | 캡션 있는 그림 | صورة ذات تسمية توضيحية | صورة مع تسمية توضيحية
        תמונה עם כיתוב | Picture | Photo | Image | Full Picture | Full bleed image | Title & Photo | Title and Picture
        Picture and Text | Text and Picture | Bild | Foto | Vollbild | Bildfolie | Titel und Bild | Bild und Text
        Text und Bild | Texte et image | Titre et image | Imagen | Imagem | Immagine | Afbeelding | Obraz | Obrázek | Bilde
        Billede | Kuva | Рисунок | Изображение | Зображення | Resim | Görsel | Εικόνα | Kép | Imagine | 写真 | 図 | 画像
        图片 | 圖片 | 그림 | 사진 | 이미지 | صورة | תמונה""",
    "captioned": """
        Content with Caption | Inhalt mit Überschrift | Contenu avec légende | Contenido con título | Conteúdo com Legenda
        Contenuto con didascalia | Inhoud met bijschrift | Zawartość z podpisem | Obsah s titulkem | Innehåll med bildtext
        Text med bildtext | Indhold med billedtekst | Innhold med tekst | Innhold med bildetekst | Otsikollinen sisältö
        Kuvatekstillinen sisältö | Объект с подписью | Об'єкт з підписом | Вміст з підписом | Başlıklı İçerik
        Resim Yazılı İçerik | Περιεχόμενο με λεζάντα | Tartalomrész képaláírással | Conținut cu legendă
        タイトル付きのコンテンツ | 内容与标题 | 内容和标题 | 含標題的內容 | 內容與標題 | 캡션 있는 콘텐츠
        محتوى ذو تسمية توضيحية | محتوى مع تسمية توضيحية | תוכן עם כיתוב""",
    "table": """
        Table | Title and Table | Tabelle | Titel und Tabelle | Tableau | Titre et tableau | Tabla | Título y tabla | Tabela
        Título e tabela | Tabella | Titolo e tabella | Tabel | Titel en tabel | Tytuł i tabela | Tabulka | Nadpis a tabulka
        Tabell | Rubrik och tabell | Titel og tabel | Tittel og tabell | Taulukko | Таблица | Заголовок и таблица | Таблиця
        Tablo | Πίνακας | Táblázat | 表 | タイトルと表 | 表格 | 标题和表格 | 標題及表格 | 표 | 제목 및 표 | جدول | טבלה""",
    "chart": """
        Chart | Title and Chart | Graph | Diagramm | Titel und Diagramm | Graphique | Titre et graphique | Gráfico
        Título y gráfico | Título e gráfico | Titolo e grafico | Grafiek | Titel en grafiek | Wykres | Tytuł i wykres | Graf
        Nadpis a graf | Rubrik och diagram | Titel og diagram | Tittel og diagram | Kaavio | Диаграмма | Заголовок и диаграмма
        Діаграма | Grafik | Γράφημα | Diagramă | グラフ | タイトルとグラフ | 图表 | 标题和图表 | 圖表 | 標題及圖表 | 차트
        제목 및 차트 | مخطط | תרשים""",
    "statement": """
        Quote | Quotation | Quote with Caption | Statement | Main point | Big Fact | Big number | Key message | Claim | Zitat
        Zitat mit Beschriftung | Zitat mit Überschrift | Aussage | Kernaussage | Citation | Citation avec légende | Cita
        Cita con título | Citação | Citação com Legenda | Citazione | Citazione con didascalia | Citaat
        Citaat met bijschrift | Offerte met bijschrift | Cytat | Cytat z podpisem | Citát | Citace s titulkem
        Citát s titulkem | Citat med beskrivning | Sitat | Sitat med bildetekst | Lainaus | Kuvatekstillinen lainaus | Цитата
        Цитата с подписью | Цитата з підписом | Alıntı | Resim Yazılı Alıntı | Απόφθεγμα | Παράθεση | Idézet
        Idézet képaláírással | Citat cu legendă | 引用 | 引用文 | 引言 | 带描述的引言 | 引述 | 인용 | 인용문
        캡션 있는 인용문 | اقتباس | ציטוט""",
    "agenda": """
        Agenda | Contents | Table of Contents | TOC | Outline | Overview | Programme | Program | Inhaltsverzeichnis
        Inhaltsübersicht | Übersicht | Gliederung | Tagesordnung | Ablauf | Sommaire | Table des matières | Ordre du jour
        Plan | Índice | Orden del día | Sumário | Ordem do dia | Sommario | Ordine del giorno | Inhoudsopgave | Spis treści
        Plan prezentacji | Osnova | Obsah | Dagordning | Innehållsförteckning | Dagsorden | Indholdsfortegnelse
        Innholdsfortegnelse | Esityslista | Sisällysluettelo | Asialista | Повестка | Повестка дня | Содержание | Оглавление
        План | Порядок денний | Зміст | Gündem | İçindekiler | Ημερήσια διάταξη | Περιεχόμενα | Ατζέντα | Napirend
        Tartalomjegyzék | Cuprins | Ordine de zi | 目次 | アジェンダ | 议程 | 目录 | 目录页 | 議程 | 目錄 | 目次頁 | 목차
        아젠다 | 의제 | جدول الأعمال | المحتويات | סדר יום | תוכן עניינים""",
    "closing": """
        Closing | Closing Slide | Close | End | End Slide | The End | Final | Final Slide | Thank you | Thanks | Contact
        Contact Us | Q&A | Questions | Back Cover | Outro | Goodbye | Schluss | Schlussfolie | Abschluss | Abschlussfolie
        Ende | Endfolie | Danke | Vielen Dank | Dankesfolie | Kontakt | Rückseite | Fragen | Fin | Diapositive de fin | Merci
        Clôture | Remerciements | Conclusion | Contacts | Quatrième de couverture | Cierre | Gracias | Contacto
        Final de presentación | Encerramento | Obrigado | Fecho | Contracapa | Contato | Chiusura | Grazie | Fine | Contatti
        Afsluiting | Slot | Slotdia | Bedankt | Einde | Zakończenie | Dziękuję | Dziękujemy | Koniec | Závěr | Děkuji
        Děkujeme | Konec | Avslutning | Tack | Slutbild | Slut | Afslutning | Tak | Bagside | Avslutt | Takk | Slutt | Lopetus
        Lopetusdia | Kiitos | Loppu | Спасибо | Конец | Заключение | Контакты | Дякую | Кінець | Контакти | Kapanış
        Teşekkürler | Teşekkür | Son | Ευχαριστώ | Ευχαριστούμε | Τέλος | Köszönöm | Köszönjük | Vége | Záró dia | Befejezés
        Mulțumesc | Mulțumim | Încheiere | Sfârșit | 裏表紙 | 最終ページ | 終わり | ご清聴ありがとうございました
        エンディング | 结束页 | 结尾 | 谢谢 | 致谢 | 結束 | 結束頁 | 謝謝 | 封底 | 감사합니다 | 마무리 | 끝 | 마지막 | شكرا
        الخاتمة | النهاية | תודה | סיום""",
}  # fmt: skip

# What a word can mean. Words of five letters and more also stand for the beginning of a longer one; words in Chinese
# characters, kana and hangul are found anywhere in a name.
MEANINGS = {
    "vertical": """
        vertical vertikal vertikaler vertikale verticale verticali verticais verticaal pionowy pionowa svisly svisla lodrat
        lodret loddrett pysty pystysuora вертикальный вертикальні вертикальний dikey κατακορυφο κατακορυφος καθετο fuggoleges
        vert 縦書き 竖排 垂直 直排 세로 عمودي אנכי""",
    "many": """
        three four five six eight 3 4 5 6 7 8 9 10 drei vier funf sechs trois quatre cinq tres cuatro cinco seis quatro tre
        quattro cinque sei drie vijf zes trzy cztery tri ctyri fyra fem seks kolme nelja три четыре чотири uc dort τρια τρεις
        τεσσερα harom negy trei patru multi multiple grid mosaic collage raster mozaik quadrant quad matrix 三 四 세 ثلاثة
        שלוש""",
    "two": """
        two 2 double dual zwei beide doppel doppelt deux dos duas dois doppio due twee dubbel dwa dwie dva dve tva to kaksi
        два две дві iki δυο ket doua 両 两 兩 雙 双 二 두 محتويين שני שתי zweispaltig""",
    "only": """
        only nur seul seule uniquement solo solamente somente apenas so alleen enkel tylko jenom pouze jen endast bara kun
        bare vain только лише тільки yalnizca sadece μονο csak doar numai のみ 仅 只有 僅 只 만 فقط בלבד""",
    "column": """
        column columns col cols spalte spalten spaltig colonne colonnes columna columnas coluna colunas kolom kolommen kolumna
        kolumny sloupec sloupce spalt spalter kolumn kolumner kolonne kolonner palsta palstaa sarake колонка колонки столбец
        столбца sutun στηλη στηλες oszlop hasab coloana coloane half halves split 段 カラム 栏 欄 단 عمود עמודות""",
    "title": """
        title titles titel heading headline header uberschrift titre titulo titolo kop tytul nadpis rubrik overskrift tittel
        otsikko заголовок назва baslik τιτλος cim titlu タイトル 見出し 标题 標題 제목 عنوان العنوان כותרת""",
    "slide": """
        slide page cover folie seite diapositive diapo diapositiva dia slajd snimek lysbilde слайд slayt διαφανεια diapozitiv
        スライド 幻灯片 投影片 슬라이드 شريحة שקופית""",
    "content": """
        content text body bullet bullets object objects copy paragraph inhalt inhalte aufzahlung liste objekt contenu texte
        puces objet contenido contenidos texto objeto objetos vinetas conteudo objecto testo contenuto contenuti elenco
        oggetto inhoud tekst opsomming zawartosc punkty obsah odrazky innehall punktlista indhold indholdsobjekt innhold
        punkter sisalto teksti текст объект содержимое вміст об єкт icerik metin περιεχομενο κειμενο tartalom tartalomresz
        szoveg continut コンテンツ テキスト 本文 内容 文本 文字 物件 內容 내용 본문 텍스트 콘텐츠 محتوى ومحتوى نص ונص ותוכן
        תוכן טקסט""",
    "caption": """
        caption description beschriftung bildunterschrift legende leyenda legenda didascalia bijschrift podpis podpisem
        titulkem bildtext billedtekst bildetekst kuvateksti подпись подписью підпис підписом λεζαντα kepalairas キャプション
        説明 캡션 설명 تسمية כיתוב""",
    "picture": """
        picture pictures image images photo photos illustration bild bilder foto fotos imagen imagenes imagem imagens immagine
        immagini afbeelding afbeeldingen obraz zdjecie obrazek fotografie bilde billede kuva рисунок фото изображение
        зображення resim gorsel fotograf εικονα kep imagine poza 写真 画像 図 图片 圖片 照片 그림 사진 이미지 صورة תמונה""",
    "table": """
        table tabelle tableau tabla tabela tabella tabel tabulka tabell taulukko таблица таблиця tablo πινακας tablazat 表格
        표 جدول טבלה""",
    "chart": """
        chart charts graph graphs diagramm graphique grafico grafiek wykres graf kaavio диаграмма діаграма график графік
        grafik γραφημα diagrama グラフ 图表 圖表 차트 مخطط תרשים""",
    "section": """
        section sections chapter divider separator breaker abschnitt kapitel trenner trennfolie zwischentitel chapitre
        intercalaire seccion capitulo portadilla separador secao seccao divisoria sezione capitolo divisore sectie hoofdstuk
        tussenblad sekcja sekcji rozdzial przekladka oddil oddilu kapitola avsnitt avdelare afsnit skilleside kapittel osio
        valiotsikko раздел раздела разделитель розділ розділу bolum ayrac ενοτητα ενοτητας szakasz fejezet sectiune capitol
        セクション 中表紙 章 节 過渡 过渡 구역 간지 섹션 قسم مقطع المقطع פרק מקטע""",
    "comparison": """
        comparison compare versus vs vergleich gegenuberstellung comparaison comparacion comparacao confronto vergelijking
        porownanie porovnani jamforelse sammenligning vertailu сравнение порівняння karsilastirma συγκριση osszehasonlitas
        comparatie 比較 比较 比對 对比 對比 비교 مقارنة השוואה""",
    "blank": """
        blank empty leer leere vide vierge blanco vacia branco vazio vuota leeg pusty prazdny tomt tyhja пустой пустий
        порожній bos κενο κενη ures 白紙 空白 فارغ ריק""",
    "statement": """
        quote quotation statement zitat aussage citation cita citacao citazione citaat cytat citat sitat lainaus цитата alinti
        idezet 引用 引言 인용 اقتباس ציטוט""",
    "agenda": """
        agenda toc inhaltsverzeichnis gliederung tagesordnung sommaire indice sumario inhoudsopgave dagordning dagsorden
        esityslista повестка содержание оглавление порядок gundem icindekiler napirend cuprins 目次 目录 目錄 议程 議程
        アジェンダ 목차""",
    "closing": """
        closing end contact kontakt contacto contato contatti контакт thank thanks outro goodbye schluss schlussfolie
        abschluss danke dank endfolie merci cloture cierre gracias encerramento obrigado chiusura grazie afsluiting bedankt
        zakonczenie dziekuje dziekujemy zaver dekuji avslutning tack afslutning takk kiitos спасибо дякую kapanis tesekkurler
        ευχαριστω koszonom multumesc 裏表紙 ありがとう 结束 結束 谢谢 謝謝 감사 شكرا תודה""",
    "cover": """
        cover titeldia titelslide tittellysbilde rubrikbild otsikkodia cimdia frontpage deckblatt titelfolie titelseite
        couverture portada capa copertina omslag okladka obalka framsida forside kansi обложка обкладинка kapak εξωφυλλο
        borito coperta 表紙 封面 표지 غلاف שער""",
}  # fmt: skip


def role(name: str) -> str | None:
    """Return the role a layout's name claims, None if it claims none: "1_Titel und Inhalt (blau)" is content."""
    readings = [_words(reading) for reading in _readings(name)]
    whole = (_WHOLE.get(" ".join(words)) for words in readings)
    return next(filter(None, whole), None) or next(filter(None, map(_meant, readings[1:])), None)


def _readings(name: str) -> tuple[str, ...]:
    """The name as it stands, then without its count, then without what stands in brackets."""
    bare = JOINED.sub(" ", COPY.sub("", unicodedata.normalize("NFKC", name)))
    return bare, COUNT.sub("", bare), COUNT.sub("", BRACKETS.sub(" ", bare))


def _words(text: str) -> list[str]:
    """Words in lower case without accents; numbers are words, so that "2 columns" is not "columns"."""
    if text.isascii():
        return WORDS.findall(text.lower())
    opened = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in opened if unicodedata.category(letter) not in ("Mn", "Cf"))
    return WORDS.findall(unicodedata.normalize("NFC", plain).translate(FOLDS))


def _meant(words: list[str]) -> str | None:
    means = {meaning for meaning, stems in _MEANINGS.items() if any(_is(word, stem) for word in words for stem in stems)}
    if means & NO_ROLE:
        return None
    return next((role for role, needed in RULES if needed <= means), None)


def _is(word: str, stem: str) -> bool:
    if CJK.search(stem):
        return stem in word
    return word == stem or (len(stem) >= 5 and word.startswith(stem))


NO_ROLE = {"vertical", "many"}
RULES = (  # the first whose meanings are all in the name decides: what is rarer stands first
    ("closing", {"closing"}),
    ("agenda", {"agenda"}),
    ("statement", {"statement"}),
    ("section", {"section"}),
    ("comparison", {"comparison"}),
    ("title-only", {"title", "only"}),
    ("title-only", {"title", "blank"}),
    ("two-content", {"two", "column"}),
    ("two-content", {"two", "content"}),
    ("table", {"table"}),
    ("chart", {"chart"}),
    ("cover", {"cover"}),
    ("picture", {"picture", "content"}),
    ("picture", {"picture", "caption"}),
    ("captioned", {"content", "caption"}),
    ("content", {"title", "content"}),
    ("cover", {"title", "slide"}),
    ("picture", {"picture"}),
    ("blank", {"blank"}),
    ("content", {"content"}),
)
_WHOLE: Mapping[str, str] = MappingProxyType(
    {" ".join(_words(name)): meant for meant, names in WHOLE.items() for name in re.split(r"[|\n]", names) if name.strip()}
)
_MEANINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {meaning: frozenset(word for each in words.split() for word in _words(each)) for meaning, words in MEANINGS.items()}
)
