"""The closed domain: sentence templates and the words that fill them, per language.

A template names its slots in braces; `sentences.py` fills them. Slots ending in
a number are ranges (see NUMBER_SLOTS there), the others are word lists here.
Word lists avoid cases that would need agreement a template cannot see: rooms
and countable nouns of a language share one gender where an article is fixed.
"""


def _words(text):
    return [word.strip() for word in text.split(",")]


DOMAIN = {
    "en-US": {
        "city": _words(
            "London, Paris, Berlin, Madrid, Tokyo, Boston, Chicago, Seattle, Denver, Dublin, Sydney, Toronto"
        ),
        "day": _words("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday"),
        "month": _words(
            "January, February, March, April, May, June, July, August, September, October, November, December"
        ),
        "name": _words("Anna, David, Maria, Peter, Laura, Michael, Sarah, Thomas, Emma, Daniel"),
        "item": _words("coffee, bread, milk, apples, rice, paper, cheese, batteries, sugar, tea, pasta, salt"),
        "room": _words("kitchen, bedroom, office, garage, bathroom, garden"),
        "color": _words("red, green, blue, yellow, white, black, orange, purple"),
        "templates": [
            "Set the alarm for {hour} {minute}.",
            "Call {name} on {day} morning.",
            "What is the weather in {city} today?",
            "Turn on the {color} light in the {room}.",
            "The train to {city} leaves at {hour} {minute}.",
            "Please buy {count} boxes of {item}.",
            "My number is {digit} {digit} {digit} {digit} {digit}.",
            "Remind me on {month} {ordinal} to call {name}.",
            "{name} arrives in {city} on {day}.",
            "It costs {count} dollars and {count} cents.",
            "Turn off the heating in the {room}.",
            "Play music in the {room} for {count} minutes.",
            "How far is it from {city} to {city}?",
            "The meeting with {name} is on {day} at {hour}.",
            "Add {item} and {item} to the list.",
            "There were {count} people in the {room}.",
        ],
    },
    "es-ES": {
        "city": _words(
            "Londres, París, Berlín, Madrid, Sevilla, Bilbao, Valencia, Lisboa, Roma, Granada, Barcelona, Toledo"
        ),
        "day": _words("lunes, martes, miércoles, jueves, viernes, sábado, domingo"),
        "month": _words(
            "enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre"
        ),
        "name": _words("Ana, David, María, Pedro, Laura, Miguel, Sara, Tomás, Elena, Daniel"),
        "item": _words("café, pan, leche, manzanas, arroz, papel, queso, pilas, azúcar, té, pasta, sal"),
        "room": _words("cocina, habitación, oficina, terraza, entrada, biblioteca"),
        "color": _words("roja, verde, azul, amarilla, blanca, negra, naranja, morada"),
        "templates": [
            "Pon la alarma a las {hour} y {minute}.",
            "Llama a {name} el {day} por la mañana.",
            "¿Qué tiempo hace hoy en {city}?",
            "Enciende la luz {color} de la {room}.",
            "El tren a {city} sale a las {hour} y {minute}.",
            "Compra {count_feminine} cajas de {item}, por favor.",
            "Mi número es {digit} {digit} {digit} {digit} {digit}.",
            "Recuérdame el {date} de {month} llamar a {name}.",
            "{name} llega a {city} el {day}.",
            "Cuesta {count_masculine} euros y {count_masculine} céntimos.",
            "Apaga la calefacción de la {room}.",
            "Pon música en la {room} durante {count_masculine} minutos.",
            "¿Qué distancia hay entre {city} y {city}?",
            "La reunión con {name} es el {day} a las {hour}.",
            "Añade {item} y {item} a la lista.",
            "Había {count_feminine} personas en la {room}.",
        ],
    },
    "de-DE": {
        "city": _words(
            "London, Paris, Berlin, Hamburg, Wien, Zürich, Köln, Dresden, München, Leipzig, Bremen, Frankfurt"
        ),
        "day": _words("Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag"),
        "month": _words(
            "Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember"
        ),
        "name": _words("Anna, David, Maria, Peter, Laura, Michael, Sarah, Thomas, Emma, Daniel"),
        "item": _words("Kaffee, Brot, Milch, Äpfel, Reis, Papier, Käse, Batterien, Zucker, Tee, Nudeln, Salz"),
        "room": _words("Küche, Garage, Halle, Wohnung, Werkstatt, Bibliothek"),
        "color": _words("rote, grüne, blaue, gelbe, weiße, schwarze, orange, violette"),
        "templates": [
            "Stelle den Wecker auf {hour} Uhr {minute}.",
            "Ruf {name} am {day}vormittag an.",
            "Wie ist das Wetter heute in {city}?",
            "Schalte das {color} Licht in der {room} ein.",
            "Der Zug nach {city} fährt um {hour} Uhr {minute}.",
            "Kaufe bitte {count} Packungen {item}.",
            "Meine Nummer ist {digit} {digit} {digit} {digit} {digit}.",
            "Erinnere mich am {ordinal} {month} an {name}.",
            "{name} kommt am {day} in {city} an.",
            "Das kostet {count} Euro und {count} Cent.",
            "Schalte die Heizung in der {room} aus.",
            "Spiele {count} Minuten Musik in der {room}.",
            "Wie weit ist es von {city} nach {city}?",
            "Das Treffen mit {name} ist am {day} um {hour} Uhr.",
            "Setze {item} und {item} auf die Liste.",
            "Es waren {count} Leute in der {room}.",
        ],
    },
    "fr-FR": {
        "city": _words(
            "Londres, Paris, Berlin, Lyon, Marseille, Bordeaux, Lille, Nantes, Genève, Bruxelles, Toulouse, Strasbourg"
        ),
        "day": _words("lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche"),
        "month": _words(
            "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre"
        ),
        "name": _words("Anne, David, Marie, Pierre, Laure, Michel, Sarah, Thomas, Emma, Daniel"),
        "item": _words("café, pain, lait, riz, papier, thé, sucre, fromage, sel, beurre, poivre, savon"),
        "room": _words("cuisine, chambre, cave, salle, cour, bibliothèque"),
        "color": _words("rouge, verte, bleue, jaune, blanche, noire, orange, violette"),
        "templates": [
            "Mets le réveil à {hour} heures {minute}.",
            "Appelle {name} {day} matin.",
            "Quel temps fait-il aujourd'hui à {city}?",
            "Allume la lampe {color} dans la {room}.",
            "Le train pour {city} part à {hour} heures {minute}.",
            "Achète {count} paquets de {item}.",
            "Mon numéro est le {digit} {digit} {digit} {digit} {digit}.",
            "Rappelle-moi le {date} {month} d'appeler {name}.",
            "{name} arrive à {city} {day}.",
            "Cela coûte {count} euros et {count} centimes.",
            "Éteins le chauffage dans la {room}.",
            "Joue de la musique dans la {room} pendant {count_feminine} minutes.",
            "Quelle est la distance entre {city} et {city}?",
            "La réunion avec {name} est {day} à {hour} heures.",
            "Ajoute du {item} et du {item} à la liste.",
            "Il y avait {count_feminine} personnes dans la {room}.",
        ],
    },
    "it-IT": {
        "city": _words(
            "Londra, Parigi, Berlino, Roma, Milano, Torino, Napoli, Firenze, Bologna, Genova, Venezia, Palermo"
        ),
        "day": _words("lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica"),
        "month": _words(
            "gennaio, febbraio, marzo, aprile, maggio, giugno, luglio, agosto, settembre, ottobre, novembre, dicembre"
        ),
        "name": _words("Anna, Davide, Maria, Pietro, Laura, Michele, Sara, Tommaso, Emma, Daniele"),
        "item": _words("caffè, pane, latte, mele, riso, carta, formaggio, pile, zucchero, tè, pasta, sale"),
        "room": _words("cucina, camera, cantina, terrazza, sala, biblioteca"),
        "color": _words("rossa, verde, blu, gialla, bianca, nera, arancione, viola"),
        "templates": [
            "Metti la sveglia alle {hour} e {minute}.",
            "Chiama {name} {day} mattina.",
            "Che tempo fa oggi a {city}?",
            "Accendi la luce {color} in {room}.",
            "Il treno per {city} parte alle {hour} e {minute}.",
            "Compra {count} scatole di {item}, per favore.",
            "Il mio numero è {digit} {digit} {digit} {digit} {digit}.",
            "Ricordami il {date} {month} di chiamare {name}.",
            "{name} arriva a {city} {day}.",
            "Costa {count} euro e {count} centesimi.",
            "Spegni il riscaldamento in {room}.",
            "Metti la musica in {room} per {count} minuti.",
            "Quanto dista {city} da {city}?",
            "La riunione con {name} è {day} alle {hour}.",
            "Aggiungi {item} e {item} alla lista.",
            "C'erano {count} persone in {room}.",
        ],
    },
    "zh-CN": {
        "city": _words("伦敦, 巴黎, 柏林, 北京, 上海, 广州, 成都, 南京, 东京, 西安, 武汉, 天津"),
        "day": _words("星期一, 星期二, 星期三, 星期四, 星期五, 星期六, 星期日"),
        "month": _words("一月, 二月, 三月, 四月, 五月, 六月, 七月, 八月, 九月, 十月, 十一月, 十二月"),
        "name": _words("安娜, 大卫, 小明, 小红, 王老师, 李医生, 张先生, 陈女士, 爸爸, 妈妈"),
        "item": _words("咖啡, 面包, 牛奶, 苹果, 大米, 白纸, 饼干, 奶酪, 面条, 电池, 白糖, 绿茶"),
        "room": _words("厨房, 卧室, 办公室, 车库, 浴室, 花园"),
        "color": _words("红, 绿, 蓝, 黄, 白, 黑, 橙, 紫"),
        "templates": [
            "把闹钟设在{hour}点{minute}分。",
            "{day}早上给{name}打电话。",
            "今天{city}的天气怎么样？",
            "打开{room}的{color}色灯。",
            "去{city}的火车{hour}点{minute}分出发。",
            "请买{count}盒{item}。",
            "我的号码是{digit}{digit}{digit}{digit}{digit}。",
            "{month}{date}号提醒我给{name}打电话。",
            "{name}{day}到{city}。",
            "一共{count}元。",
            "关掉{room}的暖气。",
            "在{room}播放{count}分钟音乐。",
            "从{city}到{city}有多远？",
            "和{name}的会议在{day}{hour}点。",
            "把{item}和{item}加到清单里。",
            "{room}里有{count}个人。",
        ],
    },
}
