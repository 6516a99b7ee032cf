"""Made-up news: in each language that the character model is for, and to be glossed or written in old charsets."""

TEXTS = {
    "simplified Chinese": "本报海州讯 新码头昨天启用，港务公司负责人介绍说，装卸效率比去年提高了一成。",
    "traditional Chinese": "本報海州訊 新碼頭昨天啟用，港務公司負責人介紹說，裝卸效率比去年提高了一成。",
    "Japanese": "新しい埠頭が昨日から使われている。港の担当者によると、荷物の積み下ろしが速くなった。",
    "Korean": "새 부두가 어제 문을 열었다. 항만 공사 관계자는 하역 속도가 빨라졌다고 말했다.",
    "Russian": "Новый причал открылся вчера. Директор порта сообщил, что разгрузка идёт быстрее.",
    "Ukrainian": "Новий причал відкрили вчора. Директор порту повідомив, що розвантаження йде швидше.",
    "Greek": "Η νέα προβλήτα άνοιξε χθες. Ο διευθυντής του λιμανιού είπε ότι η εκφόρτωση είναι ταχύτερη.",
    "Arabic": "افتتح الرصيف الجديد أمس وقال مدير الميناء إن تفريغ السفن أصبح أسرع.",
    "Hebrew": "הרציף החדש נפתח אתמול. מנהל הנמל אמר שפריקת האוניות מהירה יותר.",
    "Thai": "ท่าเรือใหม่เปิดเมื่อวานนี้ ผู้อำนวยการท่าเรือกล่าวว่าการขนถ่ายสินค้าเร็วขึ้น",
    "Vietnamese": "Bến tàu mới mở cửa hôm qua. Giám đốc cảng nói rằng việc bốc dỡ hàng nhanh hơn.",
    "Turkish": "Yeni iskele dün açıldı. Liman müdürü yük boşaltmanın hızlandığını söyledi.",
    "Polish": "Wczoraj otwarto nowe nabrzeże. Dyrektor portu powiedział, że rozładunek trwa krócej.",
    "German": "Gestern wurde der neue Kai eröffnet. Das Löschen der Schiffe gehe nun schneller, hieß es.",
    "French": "Le nouveau quai a été inauguré hier. Le déchargement des navires s'est accéléré, précise-t-on.",
}
"""Language -> two sentences."""

ARTICLE = """海州港新碼頭啟用
本報海州訊 當地時間三日上午,海州港務公司在新碼頭舉行儀式,宣布五號泊位開始運營。
港務公司負責人說,新泊位採用自動化設備,統計顯示裝卸效率將提高三成,領域實現全面升級。
專業人士認為,這一項目對區域經濟發展十分重要,有關部門還將繼續完善鐵路和公路網絡。
記者從現場獲悉,首艘貨輪已於當天離港,日報另有報道。企業代表、漁業協會和學校師生參加了活動。
"""
"""Made-up news with characters of all parts of the ranking, and pairs that shift when they are glossed."""

CHINESE = "今天下午三点，市图书馆的新馆正式开放，前来参观的市民排起了长队，馆长说准备了两年。"
TRADITIONAL = "今天下午三點，市立圖書館的新館正式開放，前來參觀的民眾排起了長隊，館長說準備了兩年。"
JAPANESE = "今日の午後三時、市立図書館の新しい建物が開館し、見学に来た市民が長い列を作りました。"
KOREAN = "오늘 오후 세 시에 시립 도서관의 새 건물이 문을 열었고 구경하러 온 시민들이 길게 줄을 섰다."
RUSSIAN = "Сегодня в три часа дня открылось новое здание городской библиотеки, и жители выстроились в очередь."
GREEK = "Σήμερα στις τρεις το απόγευμα άνοιξε το νέο κτίριο της δημοτικής βιβλιοθήκης για το κοινό."
ARABIC = "افتتح اليوم في الساعة الثالثة بعد الظهر المبنى الجديد للمكتبة البلدية أمام الجمهور."
THAI = "วันนี้เวลาบ่ายสามโมง อาคารใหม่ของหอสมุดเทศบาลเปิดให้ประชาชนเข้าชม"
FRENCH = (
    "Le nouveau bâtiment de la bibliothèque a été inauguré à l’heure prévue ; près de deux mille élèves étaient là."
)
TURKISH = "Bugün öğleden sonra üçte şehir kütüphanesinin yeni binası açıldı, ziyaretçiler uzun kuyruklar oluşturdu."

PAGES = [
    ("gb18030", CHINESE),
    ("big5", TRADITIONAL),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("iso-2022-jp", JAPANESE),
    ("euc-kr", KOREAN),
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("windows-1253", GREEK),
    ("windows-1256", ARABIC),
    ("windows-874", THAI),
    ("windows-1252", FRENCH),
    ("windows-1254", TURKISH),
    ("utf-8", CHINESE),
    ("utf-16le", JAPANESE),
    ("utf-16be", RUSSIAN),
]
"""Charset, and a text that can be written in it."""
