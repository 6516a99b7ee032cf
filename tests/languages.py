"""A made-up piece of news in each language that the character model is for."""

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
