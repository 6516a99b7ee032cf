"""In which script each paragraph of a page is written, as far as it is Chinese: simplified, traditional or both.

Japanese is told by kana and by characters of its own, Korean by Hangul; the page helps with lines that have neither.
"""

import re
from collections.abc import Iterator, Sequence, Set

from tui.core.model import Writing, WrittenIn
from tui.core.problems import Problem, Reason
from tui.text.words.letters import holds_wide
from tui.text.words.naive import Naive, find

# Made from the character lists of OpenCC 1.1 (STCharacters, TSCharacters; Apache-2.0): the characters of GB 2312's first
# level that have another form in traditional writing and are in no traditional text (not in Big5), and those forms.
_SIMPLIFIED = """
皑蔼碍爱肮袄奥坝罢摆败颁办绊帮绑镑谤剥饱宝报鲍辈贝钡狈备惫绷笔毕毙币闭边编贬变辩辫标鳖别瘪濒滨宾摈饼拨钵铂驳补财参蚕残惭惨灿苍舱仓沧厕侧册测层诧搀掺蝉馋谗缠铲产阐颤场尝长偿肠畅钞车彻尘陈衬撑称惩诚骋迟
驰耻齿炽冲宠畴踌筹绸橱厨锄雏础储触处传疮闯创锤纯绰辞词赐聪葱囱从丛凑蹿窜错达带贷担单郸掸胆惮诞弹当挡荡档捣岛祷导盗灯邓敌涤递缔颠点垫电钓调谍叠钉顶锭订丢东动栋冻犊独读赌镀锻断缎兑队对吨顿钝夺堕鹅额讹恶
饿尔饵贰发罚阀珐矾钒烦贩饭访纺飞诽废费纷坟奋愤粪枫锋风疯冯缝讽凤肤辐抚辅赋复负讣妇缚该钙盖赶秆赣冈刚钢纲岗镐搁鸽阁铬个给龚宫巩贡钩沟构购够蛊顾剐关观馆惯贯规归龟闺轨诡贵刽辊滚锅国过骇韩汉号阂鹤贺横恒轰
鸿红壶护沪户哗华画话怀欢环还缓换唤痪焕涣黄谎挥辉毁贿秽会烩汇讳诲绘荤浑获货祸击机积饥迹讥鸡绩缉辑级挤蓟剂济计记际继纪夹荚颊贾钾驾歼监坚笺间艰缄茧检碱硷拣捡简俭减槛鉴践贱见键舰剑饯渐溅涧将浆蒋桨奖讲酱胶
浇骄娇搅铰矫侥脚饺缴绞轿较阶节洁结诫届紧锦仅谨进晋烬尽劲荆茎鲸惊经颈静镜径痉竞净纠厩旧驹举锯惧剧鹃绢觉决诀绝钧军骏开凯颗壳课垦恳抠库裤块侩宽矿旷况亏岿窥馈溃扩阔莱来赖蓝栏拦篮阑兰澜谰揽览懒缆烂滥捞劳涝
乐镭垒类泪篱离鲤礼丽厉励砾历沥隶俩联莲连镰怜涟敛脸链恋炼练粮凉两辆谅疗辽镣猎临邻鳞凛赁龄铃灵岭领馏刘龙聋咙笼垄拢陇楼娄搂篓芦卢颅庐炉掳卤虏鲁赂禄录陆驴吕铝侣屡缕虑滤绿峦挛孪滦乱抡轮伦仑沦纶论萝罗逻锣箩
骡骆络妈玛码蚂马骂吗买麦卖迈脉瞒馒蛮满谩猫锚铆贸没镁门闷们锰梦谜弥觅幂绵缅庙灭悯闽鸣铭谬谋亩呐钠纳难挠脑恼闹馁内拟腻撵酿鸟聂啮镊镍柠狞宁拧泞钮纽脓浓农疟诺欧鸥殴呕沤盘庞抛赔喷鹏骗飘频贫凭评泼颇铺谱栖凄
脐齐骑岂启气弃讫牵钎铅迁签谦钱钳潜浅谴堑枪呛墙蔷强抢锹桥乔侨翘窍窃钦亲寝轻氢倾顷请庆琼穷趋区躯驱龋颧权劝却鹊让饶扰绕热韧认纫荣绒软锐闰润洒萨鳃赛叁伞丧骚扫涩杀刹纱筛删闪陕赡缮伤赏烧绍赊摄慑设绅审婶肾渗
声绳圣师狮湿诗时蚀实识驶势释饰视试寿兽枢输书赎属术树竖数帅双谁税顺说硕烁丝饲耸怂颂讼诵擞苏诉肃虽随绥岁孙损笋缩琐锁獭挞态摊贪瘫滩坛谭谈叹汤烫涛绦讨腾誊锑题体屉条贴铁厅烃铜统头秃图团颓蜕脱鸵驮驼椭洼袜弯
湾顽网韦违围为潍维苇伟伪纬谓卫温闻纹稳问瓮挝蜗涡窝卧呜钨乌诬无芜吴坞雾务误锡牺袭习铣戏细虾辖峡侠狭厦吓锨鲜纤贤衔闲显险现献县馅羡宪线厢镶乡详响项萧嚣销晓啸协挟携胁谐写泻谢锌衅兴汹锈绣虚嘘须许叙绪续轩悬
选癣绚学勋询寻驯训讯逊压鸦鸭哑亚讶阉烟盐严颜阎艳厌砚彦谚验鸯杨扬疡阳痒养样瑶摇尧遥窑谣药爷页业医铱颐遗仪蚁艺亿忆义诣议谊译异绎荫阴银饮隐樱婴鹰应缨莹萤营荧蝇赢颖哟拥痈咏优忧邮铀犹诱舆鱼渔娱与屿语狱誉预
驭鸳渊辕园员圆缘远约跃钥粤悦阅郧匀陨运蕴酝晕韵杂灾载攒暂赞赃脏凿枣责择则泽贼赠轧铡闸栅诈斋债毡盏斩辗崭栈战绽张涨帐账胀赵蛰辙锗这贞针侦诊镇阵挣睁狰争帧郑证织职执纸挚掷帜质滞钟终肿众诌轴皱昼骤猪诸诛烛瞩
嘱贮铸驻专砖转赚桩庄装妆壮状锥赘坠缀谆浊兹资渍踪综总纵邹诅组钻
"""
_TRADITIONAL = """
皚藹礙愛骯襖奧壩罷擺敗頒辦絆幫綁鎊謗剝飽寶報鮑輩貝鋇狽備憊繃筆畢斃幣閉邊編貶變辯辮標鱉別癟瀕濱賓餅撥鉑駁補財參蠶殘慚慘燦蒼艙倉滄廁側冊測層詫攙摻蟬饞讒纏鏟產闡顫場嘗長償腸暢鈔車徹塵陳襯撐稱懲誠騁遲馳恥
齒熾衝寵疇躊籌綢櫥廚鋤雛礎儲觸處傳瘡闖創錘純綽辭詞賜聰蔥囪從叢湊竄錯達帶貸擔單膽憚誕彈當擋蕩檔搗島禱導盜燈鄧敵滌遞締顛點墊電釣調諜疊釘頂錠訂丟東動棟凍犢獨讀賭鍍鍛斷緞兌隊對噸頓鈍奪墮鵝額訛惡餓爾餌貳發
罰閥琺礬釩煩販飯訪紡飛誹廢費紛墳奮憤糞楓鋒風瘋馮縫諷鳳膚輻撫輔賦復負訃婦縛該鈣蓋趕稈贛岡剛鋼綱崗鎬擱鴿閣鉻個給龔宮鞏貢鉤溝構購夠蠱顧關觀館慣貫規歸龜閨軌詭貴劊輥滾鍋國過駭韓漢號閡鶴賀橫恆轟鴻紅壺護滬戶
譁華畫話懷歡環還緩換喚瘓煥渙黃謊揮輝毀賄穢會燴匯諱誨繪葷渾獲貨禍擊機積飢跡譏雞績緝輯級擠薊劑濟計記際繼紀夾莢頰賈鉀駕殲監堅箋間艱緘繭檢鹼揀撿簡儉減檻鑑踐賤見鍵艦劍餞漸濺澗將漿蔣槳獎講醬膠澆驕嬌攪鉸矯僥
腳餃繳絞轎較階節潔結誡屆緊錦僅謹進晉燼盡勁荊莖鯨驚經頸靜鏡徑痙競淨糾廄舊駒舉鋸懼劇鵑絹覺決訣絕鈞軍駿開凱顆殼課墾懇庫褲塊儈寬礦曠況虧窺潰擴闊萊來賴藍欄攔籃闌蘭瀾攬覽懶纜爛濫撈勞樂鐳壘類淚籬離鯉禮麗厲勵
礫歷瀝隸倆聯蓮連鐮憐漣斂臉鏈戀煉練糧涼兩輛諒療遼獵臨鄰鱗凜賃齡鈴靈嶺領餾劉龍聾嚨籠壟攏隴樓婁摟簍蘆盧顱廬爐擄滷虜魯賂祿錄陸驢呂鋁侶屢縷慮濾綠巒攣孿灤亂掄輪倫侖淪綸論蘿羅邏鑼籮騾駱絡媽瑪碼螞馬罵嗎買麥賣
邁脈瞞饅蠻滿貓錨鉚貿沒鎂門悶們錳夢謎彌覓冪綿緬廟滅憫閩鳴銘謬謀畝吶鈉納難撓腦惱鬧餒內擬膩攆釀鳥聶齧鑷鎳檸獰寧擰濘鈕紐膿濃農瘧諾歐鷗毆嘔盤龐拋賠噴鵬騙飄頻貧憑評潑頗鋪譜棲悽臍齊騎豈氣棄訖牽鉛遷籤謙錢鉗潛
淺譴塹槍嗆牆薔強搶鍬橋喬僑翹竅竊欽親寢輕氫傾頃請慶瓊窮趨區軀驅齲權勸卻鵲讓饒擾繞熱韌認紉榮絨軟銳閏潤灑薩鰓賽傘喪騷掃澀殺剎紗篩刪閃陝贍繕傷賞燒紹賒攝懾設紳審嬸腎滲聲繩聖師獅溼詩時蝕實識駛勢釋飾視試壽獸
樞輸書贖屬術樹豎數帥雙誰稅順說碩爍絲飼聳慫頌訟誦擻蘇訴肅雖隨綏歲孫損筍縮瑣鎖獺撻態攤貪癱灘壇譚談嘆湯燙濤絛討騰謄銻題體屜條貼鐵廳銅統頭禿圖團頹蛻脫鴕馱駝橢窪襪彎灣頑網韋違圍濰維葦偉緯謂衛溫聞紋穩問甕撾
蝸渦窩臥嗚鎢烏誣無蕪吳塢霧務誤錫犧襲習銑戲細蝦轄峽俠狹廈嚇鮮纖賢銜閒顯險現獻縣餡羨憲線廂鑲鄉詳響項蕭囂銷曉嘯協挾攜脅諧寫瀉謝鋅釁興洶鏽繡虛噓須許敘緒續軒懸選癬絢學勳詢尋馴訓訊遜壓鴉鴨啞亞訝煙鹽嚴顏閻豔
厭硯彥諺驗鴦楊揚瘍陽癢養樣瑤搖堯遙窯謠藥爺頁業醫頤遺儀蟻藝億憶義詣議誼譯異繹蔭陰銀飲隱櫻嬰鷹應纓瑩螢營熒蠅贏穎喲擁詠優憂郵鈾猶誘輿魚漁娛與嶼語獄譽預馭鴛淵轅園員圓緣遠約躍鑰粵悅閱勻隕運蘊醞暈韻雜災載暫
贊贓髒鑿棗責擇則澤賊贈軋閘柵詐齋債氈盞斬輾嶄棧戰綻張漲帳賬脹趙轍這貞針偵診鎮陣掙睜猙爭幀鄭證織職執紙摯擲幟質滯鍾終腫軸皺晝驟豬諸誅燭矚囑貯鑄駐專磚轉賺樁莊裝妝壯狀錐贅墜綴諄濁茲資漬蹤綜總縱鄒詛組鑽
"""
_JAPANESE = """
両乗亀亜仏仮価倶倹児円冴処凪剣剰労勧勲匁匂単厳収咲唖喰営噛噺嚢団囲図圏圧塁塩壊壌壱売壷変奨宍実対専尭峠嶋巌巣巻帯帰庁広廃弐弾従徴応悩悪懐戦払抜拝拠拡挙挿捜掲揺摂撃暁曽杢枠柾栂栃栄栢桜桝桟梶椛検楳楽榊様
樋権歓歯歴気沢浄涙渇済渉渋渓満溌滝潅瀬焼犠狛猟獣畠畳発皐県砕砿硲穂穏穐穣竃竜笹箆篭籾粂経絵継続総縁縄縦繊繍聡聴脳臓舗荘薗薫薬蛍覇覚覧観訳諌譲賎賛転軽辺辻込逓遅郷酔醗醤醸釈鉄鉱銭鋲鋳錬鑓関闘陥険隠隷雑雫
霊靭韮頚頬顕駄駅駆駈騒験騨髄髪鯵鰯鴫鴬鶏鹸麿齢
"""
_EVERYDAY_JAPANESE = """
与乱争会体侠侶倉個倫偉側偵傘備債傷傾僅僑儀億償優儲内冊写凄凍凱別則剛剥創劇劉励動務勢区医協却厨厩厭参双叙叢号呂員問喚喪喬嘆嘗嘘嘱噴噸嚇国園執堅堕報場塊塵墜墳墾壇壮声夢奥奪奮婁婦嬰学孫宝宮寝寧審寵寿将尋
導尽届属屡層岡峡島嶺帥師帳幣庄庫廟弥張強当彦径復徹怜恋恒恥悦悶惨愛態慣慮慶憂憐憤憲憶懇懲懸担挟掃揚換揮損携撫擁擬擾敗数敵斬断旧昼時晋暢暫書机条来東枢柵栖棄棟棲楊楓業楼構槍標横樹橋機欄欧欽残殴殺決没況浅
涛涼淵減渦温測湊湯湾湿溝滅滞漁漢漣漬漸潔潜潤潰澗濁濃濫瀕灘灯災炉点烏無煉煙煩熱燈燦燭爺爾牽状独狭狽猪猫献猶獄獅獲現環画畝畢異療盗監盤矯硯碍碩礎礼祷禄禍禿称税積穎窃窪窮窯窺競筆節簡糞糧糾紀約紅紋納紐純紗
紙級紛紡細紳紹終組結絞絡絢給統絹綜維綱網綴綻綿緊緒線締編緩緬緯練縛縫縮績織繕繭纏罰罵罷羅羨義習聖聞聯職聾胆脅脈脚脱脹腎腫腸膚膿臥臨興艦芦茎荊莱華葦葱蒋蒼蓋蓮蔭蕩蕪薩藍蘇蘭虚虜蚕蛮蝉蝕蝦蟻術衛衝装補襖襲
見規視親触訂計訊討訓記訟訣訪設許訴診詐評詞詠詣試詩詫話該詳誉認誕誘語誠誤誰課誹誼調談請諒論諜諸諺諾謀謂謄謎謙講謝謬謹識譜議護貝貞負財貢貧貨販貫責貯貴買貸費貼貿賀賂賃賄資賊賓賜賞賠賢賦質賭購贈趨跡践躍躯
車軌軍軒軟軸較載輔輝輩輪輯輸輿轄轍轟辞農這連進運過達違遜遠遥遷選遺遼還郵鄭釘針釣鈍鈴鉛銀銅銑銘鋒鋤鋪鋸鋼錐錘錠錦錨錫錯鍋鍍鍛鍬鍵鍾鎖鎮鏡鑑長門閃閉開閏間閣閥陣陰陳陸陽隊階随際雛離難電霧静韓韻響頁頂頃項
順須預頑頒頓頗領頭頻題額顛類顧風飛飢飯飲飼飽飾餅養餌餓館馬馳馴駁駐駒駕駿騎騰驚魚魯鮮鯉鯨鱗鳥鳳鳴鴛鴨鴻鵬鶴鷹麗麦黄龍
"""
SIMPLIFIED = frozenset(_SIMPLIFIED) - {"\n"}
TRADITIONAL = frozenset(_TRADITIONAL) - {"\n"}
JAPANESE = frozenset(_JAPANESE) - {"\n"}
"""Of JIS X 0208's first level, what is neither in GB 2312 nor in Big5 and no variant that Chinese texts use."""
EVERYDAY_JAPANESE = frozenset(_EVERYDAY_JAPANESE) - {"\n"}
"""Of the characters of both sides, those that are in JIS X 0208's first level, as modern Japanese uses them."""
CLEAR = 4
"""How many times the other script's characters a script needs to stand for itself."""
KANA_SHARE = 0.2
"""Kana for each Han above which a line is Japanese; a shop's の is less."""
MOSTLY = 3
"""How many times more there must be of Japanese or Korean than of Chinese, for a page to be in it."""

MOST_WORDS = 20

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_ONLY_CHINESE = SIMPLIFIED - EVERYDAY_JAPANESE
_NO_JAPANESE = (SIMPLIFIED | TRADITIONAL) - EVERYDAY_JAPANESE
_SAMPLE = 20_000
"""Code points of a page that tell whether it is Japanese or Korean."""


def is_other(text: str) -> bool:
    """Say whether a page is Japanese or Korean, so that a line of it which has only Han is no Chinese.

    >>> is_other("図書館は開いている。"), is_other("圖書館開放中。")
    (True, False)
    """
    other = chinese = 0
    for line in text[:_SAMPLE].split("\n"):
        if is_chinese(line):
            chinese += 0 if _NO_JAPANESE.isdisjoint(line) else len(line)
        elif _KANA.search(line) or _HANGUL.search(line) or not JAPANESE.isdisjoint(line):
            other += len(line)
    return other > MOSTLY * chinese


def is_chinese(line: str, page_is_other: bool = False) -> bool:
    """Say whether a line is Chinese: it has Han, and no sign of Japanese or Korean.

    In a page in another language it has to have simplified characters that only Chinese uses.

    >>> is_chinese("國會解散"), is_chinese("国会解散、総選挙へ"), is_chinese("優の良品專賣店"), is_chinese("변화 漢字")
    (True, False, True, False)
    """
    if not _HAN.search(line) or _HANGUL.search(line):
        return False
    if _KANA.search(line) and len(_KANA.findall(line)) > KANA_SHARE * len(_HAN.findall(line)):
        return False
    if not JAPANESE.isdisjoint(line):
        return False
    return not page_is_other or len(_ONLY_CHINESE.intersection(line)) > 1


def written(line: str, simple: Set[str] = SIMPLIFIED, full: Set[str] = TRADITIONAL) -> WrittenIn:
    """Return the script of a line that is Chinese; none: nothing in it is of one script alone.

    `simple` and `full` are all of these characters, or those of the page.

    >>> written("总统发表谈话"), written("總統發表談話"), written("总统發表談話"), written("山水人")
    ('hans', 'hant', 'mixed', 'none')
    """
    if not simple or not full:
        return "none" if (simple or full).isdisjoint(line) else "hans" if simple else "hant"
    chars = frozenset(line)
    simples, fulls = len(simple & chars), len(full & chars)
    if not simples and not fulls:
        return "none"
    if simples >= CLEAR * fulls:
        return "hans"
    return "hant" if fulls >= CLEAR * simples else "mixed"


def stretches(text: str) -> Iterator[Writing]:
    """Yield the Chinese lines of a page with their script, those that follow each other in the same one together.

    Lines in which nothing is of one script alone belong to no stretch.
    """
    if not holds_wide(text) or not _HAN.search(text):
        return
    # Without a sign of another language, which most pages are, lines need not be asked one by one.
    chars = frozenset(text)
    simple, full = SIMPLIFIED & chars, TRADITIONAL & chars
    each = "".join(chars)
    is_plain = not _KANA.search(each) and not _HANGUL.search(each) and JAPANESE.isdisjoint(chars)
    other = not is_plain and is_other(text)
    last: Writing | None = None
    at = 0
    for line in text.split("\n"):
        is_ours = _HAN.search(line) if is_plain else is_chinese(line, other)
        script: WrittenIn = written(line, simple, full) if is_ours else "none"
        if last is not None and line.strip() and script != last.script:
            yield last
            last = None
        if script != "none":
            last = Writing(last.start if last else at, at + len(line), script)
        at += len(line) + 1
    if last is not None:
        yield last


def naive_words(text: str, page: str = "", writings: Sequence[Writing] | None = None) -> Iterator[Naive]:
    """Yield the words that a naive conversion left in the lines that are traditional Chinese.

    `page` is the whole text of the page if `text` is another string of it: a title alone says little. `writings` are the
    stretches of the page, if they are known.

    >>> [each.word for each in naive_words("兩國關系很好\\n音楽制作の関係者\\n两国关系,最后")]
    ['關系']
    """
    page = page or text
    if writings is not None and all(each.script == "hans" for each in writings):
        return
    words = list(find(text))
    if not words:
        return
    other, usual = is_other(page), most(page) if writings is None else _usual(writings)
    for each in words:
        line = _line_at(text, each.start)
        script = written(line)
        if is_chinese(line, other) and (usual if script == "none" else script) in ("hant", "mixed"):
            yield each


def _line_at(text: str, place: int) -> str:
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def naive_problems(text: str, writings: Sequence[Writing] | None = None) -> tuple[Problem, ...]:
    """Return a problem for each different word that a naive conversion left, at its first place; at most MOST_WORDS."""
    by_word: dict[str, list[Naive]] = {}
    for each in naive_words(text, writings=writings):
        by_word.setdefault(each.word, []).append(each)
    return tuple(_problem(places[0], len(places)) for places in list(by_word.values())[:MOST_WORDS])


def _problem(first: Naive, count: int) -> Problem:
    word = Reason("word_times", {"word": first.word, "count": count}) if count > 1 else first.word
    return Problem("naive_conversion", "", {"found": word, "meant": first.meant}, first.start, first.end)


def mix(writings: Sequence[Writing]) -> float:
    """Return the share of a page's Chinese, by length, that is not in the script of most of it; 0 to 1."""
    sizes = _sizes(writings)
    total = sum(sizes.values())
    return round(1 - max(sizes.values()) / total, 4) if total else 0.0


def most(text: str) -> WrittenIn:
    """Return the script of most of a page's Chinese lines."""
    return _usual(list(stretches(text)))


def _usual(writings: Sequence[Writing]) -> WrittenIn:
    sizes = _sizes(writings)
    return max(sizes, key=lambda script: sizes[script]) if sizes else "none"


def _sizes(writings: Sequence[Writing]) -> dict[WrittenIn, int]:
    sizes: dict[WrittenIn, int] = {}
    for each in writings:
        sizes[each.script] = sizes.get(each.script, 0) + each.end - each.start
    return sizes
