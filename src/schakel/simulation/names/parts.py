"""Parts of names by origin: common given names, and stems and endings of surnames, typed for this project.

A whole name is always a random combination of them. A list is in order of use: the first parts are drawn more often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SEXES: Final = ("woman", "man")
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Parts:
    """What names of one origin are made of.

    `surnames` stand as they are; `stems` take each ending (`endings_women` where women have their own); `doubled`
    joins two surnames. `spellings` are the replacements that a clerk makes who hears or transliterates the name.
    """

    women: str
    men: str
    surnames: str = ""
    stems: str = ""
    endings: str = ""
    endings_women: str = ""
    prefixes: tuple[str, ...] = ()
    prefixed: str = ""
    doubled: bool = False
    spellings: Pairs = ()
    family_first: bool = False
    one_given: bool = False
    """Whether nobody has a second given name apart."""


PARTS: Final[Mapping[str, Parts]] = {
    "dutch": Parts(
        women="Anna Sanne Lotte Femke Iris Noor Fleur Eva Lisa Emma Julia Sophie Anouk Marloes Esmée Chloé Renée "
        "Daniëlle Zoë Ilse Maaike Roos Tess Britt Kim Linda Petra Ingrid Wendy Naomi Dewi Shanice Priya Merel",
        men="Jan Pieter Kees Sander Daan Bram Thijs Lars Niels Ruben Tim Jeroen Bas Koen Stijn Jasper Wouter Maarten "
        "Gijs René André Joris Sjoerd Hidde Mees Luuk Finn Ties Jayden Ravi Winston Clyde",
        surnames="Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Kuipers Postma Scholten "
        "Willems Hoekstra Koster Verhoeven Prins Huisman Peeters Kok Jacobs Schouten Sewnarain Ramdin Pinas Martina",
        stems="Berg Veld Hoog Zand Nieuw Wester Ooster Noorder Zuider Groen Water Steen Riet Bosch Linden Beuke Eike "
        "Molen Kerk Brug Akker Wijn Koren Haver Vlas Turf",
        endings="kamp huis man stra sma beek horst dijk brink meijer hof broek burg",
        prefixes=("van ", "van de ", "van den ", "van der ", "ter ", "ten "),
        prefixed="Berg Meer Veld Linden Broek Heuvel Beek Horst Laan Molen Wal Brink Akker Kamp Hoek Weide Haar Steen",
        spellings=(
            ("van der ", "v.d. "),
            ("van den ", "vd "),
            ("van ", ""),
            ("ij", "y"),
            ("ei", "ij"),
            ("ck", "k"),
            ("sch", "s"),
            ("oe", "u"),
            ("kk", "k"),
            ("ss", "s"),
            ("ph", "f"),
            ("th", "t"),
        ),
    ),
    "polish": Parts(
        women="Anna Katarzyna Małgorzata Agnieszka Joanna Ewa Magdalena Monika Zofia Aleksandra Natalia Weronika "
        "Kinga Paulina Justyna Beata Iwona Łucja Bożena Wioletta",
        men="Piotr Krzysztof Andrzej Paweł Tomasz Michał Łukasz Marcin Jakub Wojciech Grzegorz Mateusz Rafał "
        "Sławomir Zbigniew Mirosław Kamil Dawid Przemysław Jarosław",
        surnames="Kowalczyk Adamczyk Nowaczyk Pawlak Wójciak Stępniak Mazurek Krawczyk Sikora Wróbel Dudek Zając",
        stems="Kowal Malinow Jabłoń Wiśniow Sosnow Grabow Dąbrow Lipiń Brzozow Kalinow Orłow Sokołow Wilkow Zaręb "
        "Leszczyń Borow Klonow Zagór Podgór",
        endings="ski",
        endings_women="ska",
        spellings=(("ł", "w"), ("w", "v"), ("sz", "sh"), ("cz", "tj"), ("rz", "z"), ("ż", "zj"), ("ska", "ski")),
    ),
    "romanian": Parts(
        women="Elena Ioana Mihaela Andreea Alexandra Cristina Gabriela Raluca Ștefania Adina Mădălina Roxana "
        "Florentina Simona Bianca Denisa Nicoleta Lăcrămioara",
        men="Andrei Ionuț Mihai Ștefan Constantin Vasile Gheorghe Florin Marius Cătălin Răzvan Bogdan Sorin Dănuț "
        "Nicolae Dragoș Lucian Adrian",
        surnames="Munteanu Rusu Lupu Moraru Ciobanu Stan Dobre Barbu Sandu Oprea",
        stems="Pop Dumitr Vasil Stoic Lup Marin Grigor Petr Bărbul Săvul Filip Radul Negul",
        endings="escu eanu oiu",
        spellings=(("ș", "sh"), ("ț", "ts"), ("ă", "e"), ("escu", "esku"), ("Gh", "G"), ("ea", "ia")),
    ),
    "bulgarian": Parts(
        women="Maria Ivanka Elena Desislava Radka Stoyanka Yordanka Gergana Hristina Tsvetelina Silvia Vanya Zhivka "
        "Nadezhda Yana",
        men="Ivan Georgi Dimitar Hristo Yordan Stoyan Nikolay Petar Todor Zhivko Tsvetan Asen Vasil Mihail Yanko",
        stems="Ivan Georg Dimitr Stoyan Hrist Yordan Petr Tod Angel Nikol Zhelyazk Mar Yank Tsvetk Mih Asen",
        endings="ov ev",
        endings_women="ova eva",
        spellings=(
            ("Y", "J"),
            ("ya", "ja"),
            ("Zh", "J"),
            ("zh", "j"),
            ("Ts", "C"),
            ("Hr", "Chr"),
            ("ov", "off"),
            ("v", "w"),
            ("ova", "ov"),
            ("eva", "ev"),
        ),
    ),
    "hungarian": Parts(
        women="Erzsébet Katalin Ilona Zsuzsanna Éva Mária Judit Ágnes Krisztina Tímea Eszter Réka Zsófia Boglárka",
        men="László István József Zoltán Sándor Ferenc Gábor Attila Péter Tamás Zsolt Balázs Róbert Csaba",
        surnames="Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Lakatos Takács Juhász",
        stems="Szeged Debrecen Miskolc Győr Pécs Szolnok Békés Makó Vásárhely Somogy Zala Bihar",
        endings="i y",
        spellings=(("zs", "s"), ("Zs", "S"), ("sz", "s"), ("cs", "ch"), ("gy", "dj"), ("á", "aa"), ("y", "i")),
        family_first=True,
    ),
    "west_african": Parts(
        women="Blessing Joy Faith Precious Grace Patience Favour Mercy Ebere Ngozi Chioma Amaka Ifeoma Abena Akosua "
        "Ama Fatou Awa Mariama Isatou Bintou Osarugue",
        men="Emeka Chidi Ikenna Tunde Segun Kwame Kofi Kwaku Yaw Ousman Lamin Ebrima Modou Musa Ibrahim Samuel Daniel "
        "Emmanuel Godwin Sunday Efosa",
        surnames="Mensah Owusu Boateng Asante Appiah Osei Jallow Ceesay Touray Jatta Sanneh Camara Bojang",
        stems="Osa Igho Ehi Oko Ade Olu Chukwu Nwa Eze Oba Omo Ogbe",
        endings="ro wale bayo kunle gbe dike seun re zua tola",
        spellings=(("ou", "u"), ("Ou", "U"), ("ee", "i"), ("J", "Dj"), ("kw", "qu"), ("ay", "ai"), ("ph", "f")),
    ),
    "east_african": Parts(
        women="Aisha Harriet Prossy Sharon Brenda Nakato Babirye Namukasa Winnie Doreen Selam Rahel Hiwet Feven",
        men="Kato Wasswa Okello Mukasa Joseph Moses Ronald Denis Yonas Filmon Samson Dawit Henok",
        surnames="Tesfay Gebre Berhane Kidane Okot Odongo",
        stems="Na Mu Ki Ka Sse Lu Bya Nam",
        endings="kasa lule kiibi wanga muli gerwa tumba bugo",
        spellings=(("ss", "s"), ("k", "c"), ("y", "i"), ("ai", "ay"), ("w", "v")),
    ),
    "vietnamese": Parts(
        women="Thị_Lan Thị_Hoa Thị_Hương Thị_Mai Thu_Hà Ngọc_Anh Thị_Thảo Minh_Châu Thị_Yến Kim_Liên Thị_Nga",
        men="Văn_Hùng Văn_Nam Đức_Anh Quang_Minh Văn_Tuấn Hữu_Phước Văn_Dũng Thanh_Sơn Văn_Long Công_Thành",
        surnames="Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương",
        spellings=(("Thị ", ""), ("Văn ", ""), ("Đ", "D"), ("ng", "n"), ("Nguyễn", "Nguyan"), ("Ph", "F")),
        family_first=True,
        one_given=True,
    ),
    "chinese": Parts(
        women="Xiao_mei Li_hua Mei_ling Yan_fang Hui_min Qing_yun Xin_yi Ying_ying Hong_mei Xue_lian",
        men="Jian_guo Wei_ming Jun_jie Zhi_qiang Hai_tao Xiao_long Guo_dong Yong_jun Ming_hui Da_wei",
        surnames="Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Lin He Guo Ma Luo Zheng",
        spellings=(
            (" ", ""),
            (" ", "-"),
            ("Zh", "Ch"),
            ("X", "Hs"),
            ("Q", "Ch"),
            ("Wang", "Wong"),
            ("Zhou", "Chow"),
            ("Chen", "Chan"),
            ("ao", "au"),
        ),
        family_first=True,
        one_given=True,
    ),
    "arabic": Parts(
        women="Fatima Aïcha Khadija Maryam Samira Naïma Hanane Zineb Salma Amal Rania Nour Houda Souad",
        men="Mohamed Ahmed Youssef Omar Hassan Ali Khalid Rachid Mustafa Abdullah Karim Yassine Bilal Tarik",
        surnames="Hamdan Mansour Saleh Rahmani Yousfi Ziani Benali Chakir",
        prefixes=("El ", "Al ", "Ben ", "Abou "),
        prefixed="Amrani Idrissi Bakkali Haddad Khatib Masri Najjar Fassi Ouali Kaddouri Jabri Hilali",
        spellings=(
            ("Mohamed", "Mohammed"),
            ("Mohamed", "Muhammad"),
            ("ou", "u"),
            ("Ou", "U"),
            ("ss", "s"),
            ("El ", "Al "),
            ("El ", ""),
            ("ch", "sh"),
            ("Kh", "Ch"),
            ("kh", "ch"),
            ("Y", "J"),
            ("q", "k"),
            ("ee", "i"),
            ("dd", "d"),
        ),
    ),
    "turkish": Parts(
        women="Ayşe Fatma Zeynep Elif Emine Hatice Meryem Gülay Büşra Özlem",
        men="Mehmet Mustafa Ahmet Ali Hüseyin İbrahim Emre Murat Yusuf Okan",
        stems="Yıl Kara Öz Ak Demir Gün Taş Koç Çelik",
        endings="maz türk taş doğan kan soy bay er",
        spellings=(("ş", "sh"), ("ç", "ch"), ("ö", "oe"), ("ü", "ue"), ("ğ", ""), ("ı", "e")),
    ),
    "latin": Parts(
        women="Maria Juliana Camila Fernanda Luciana Patrícia Daniela Paola Ximena Lorena",
        men="José Carlos João Luiz Rafael Diego Andrés Felipe Mauricio Wilson",
        surnames="Silva Santos Souza Oliveira Pereira Lima Costa Gómez Rodríguez Martínez López García Ramírez Torres",
        doubled=True,
        spellings=(("z", "s"), ("ç", "s"), ("x", "j"), ("ou", "o")),
    ),
    "ukrainian": Parts(
        women="Oksana Olena Nataliya Iryna Tetiana Svitlana Yuliya Halyna Lyudmyla Oleksandra",
        men="Oleksandr Serhiy Andriy Mykola Dmytro Vasyl Yuriy Bohdan Taras Ihor",
        stems="Koval Bondar Tkach Petr Ivan Kravch Melnych Savch Rudn Lys Shev Hrytz",
        endings="enko uk ets",
        spellings=(("h", "g"), ("H", "G"), ("iy", "ii"), ("y", "i"), ("Y", "J"), ("Ole", "Ale"), ("ch", "tsj")),
    ),
}
