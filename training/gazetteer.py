"""Names that everybody knows, written for this project: they steady the silver names on text without gold names."""

COUNTRIES = """Afghanistan;Albania;Algeria;Andorra;Angola;Antigua;Argentina;Armenia;Australia;Austria;Azerbaijan;Bahamas;Bahrain;Bangladesh;Barbados;Belarus;Belgium;Belize;Benin;Bhutan;Bolivia;Bosnia;
Bosnia and Herzegovina;Botswana;Brazil;Brunei;Bulgaria;Burkina Faso;Burma;Burundi;Cambodia;Cameroon;Canada;Cape Verde;Chad;Chile;China;Colombia;Comoros;Congo;Costa Rica;Croatia;Cuba;Cyprus;Czech Republic;
Czechia;Denmark;Djibouti;Dominica;Dominican Republic;East Timor;Ecuador;Egypt;El Salvador;Eritrea;Estonia;Ethiopia;Fiji;Finland;France;Gabon;Gambia;Germany;Ghana;Greece;Grenada;Guatemala;Guinea;Guyana;Haiti;
Honduras;Hungary;Iceland;India;Indonesia;Iran;Iraq;Ireland;Israel;Italy;Ivory Coast;Jamaica;Japan;Kazakhstan;Kenya;Kiribati;Kosovo;Kuwait;Kyrgyzstan;Laos;Latvia;Lebanon;Lesotho;Liberia;Libya;
Liechtenstein;Lithuania;Luxembourg;Macedonia;Madagascar;Malawi;Malaysia;Maldives;Mali;Malta;Mauritania;Mauritius;Mexico;Moldova;Monaco;Mongolia;Montenegro;Morocco;Mozambique;Myanmar;Namibia;Nepal;Netherlands;New Zealand;
Nicaragua;Niger;Nigeria;North Korea;Norway;Oman;Pakistan;Palau;Palestine;Panama;Papua New Guinea;Paraguay;Peru;Philippines;Poland;Portugal;Qatar;Romania;Russia;Rwanda;Samoa;San Marino;Saudi Arabia;Senegal;Serbia;
Seychelles;Sierra Leone;Singapore;Slovakia;Slovenia;Somalia;South Africa;South Korea;South Sudan;Spain;Sri Lanka;Sudan;Suriname;Swaziland;Sweden;Switzerland;Syria;Taiwan;Tajikistan;Tanzania;Thailand;Tibet;Togo;
Tonga;Trinidad;Tunisia;Turkey;Turkmenistan;Uganda;Ukraine;United Arab Emirates;UAE;United Kingdom;UK;U.K.;England;Scotland;Wales;Britain;Great Britain;Northern Ireland;United States;United States of America;US;U.S.;USA;U.S.A.;U.S;America;
Uruguay;Uzbekistan;Vanuatu;Vatican;Venezuela;Vietnam;Yemen;Yugoslavia;Zambia;Zimbabwe;Soviet Union;USSR;East Germany;West Germany;Hong Kong;Puerto Rico;Greenland;Bermuda"""

REGIONS = """Alabama;Alaska;Arizona;Arkansas;California;Colorado;Connecticut;Delaware;Florida;Georgia;Hawaii;Idaho;Illinois;Indiana;Iowa;Kansas;Kentucky;Louisiana;Maine;Maryland;Massachusetts;Michigan;Minnesota;Mississippi;Missouri;
Montana;Nebraska;Nevada;New Hampshire;New Jersey;New Mexico;New York;North Carolina;North Dakota;Ohio;Oklahoma;Oregon;Pennsylvania;Rhode Island;South Carolina;South Dakota;Tennessee;Texas;Utah;Vermont;Virginia;West Virginia;
Wisconsin;Wyoming;Ontario;Quebec;Alberta;British Columbia;Manitoba;Saskatchewan;Nova Scotia;Europe;Asia;Africa;North America;South America;Latin America;Central America;Middle East;Far East;Antarctica;Central Asia;
Southeast Asia;South Asia;East Asia;Western Europe;Eastern Europe;Balkans;Caribbean;Scandinavia;Kashmir;Punjab;Kerala;Bengal;Gujarat;Bihar;Tamil Nadu;Karnataka;Gaza;Gaza Strip;West Bank;Golan Heights;Kurdistan;Chechnya;Crimea;
Donbas;Siberia;Catalonia;Bavaria;Tuscany;Sicily;Andalusia;Normandy;Brittany;Provence;Sinai;Sahara;Himalayas;Alps;Andes;Rockies;Persian Gulf;Gulf of Mexico;Mediterranean;Atlantic;Pacific;Indian Ocean;Black Sea;Red Sea;
Arctic;Caspian Sea;Baltic Sea;North Sea;Amazon;Nile;Danube;Rhine;Mississippi River;Waziristan;Sindh;Balochistan;Queensland;New South Wales;Tasmania;Yorkshire;Cornwall;Sussex;Kent;Long Island;Silicon Valley;Wall Street;Darfur;Anbar;Darfur;Bali;Java;Sumatra;Mindanao"""

CITIES = """New York City;NYC;Los Angeles;Chicago;Houston;Phoenix;Philadelphia;San Antonio;San Diego;Dallas;San Jose;Austin;Jacksonville;Columbus;Indianapolis;Seattle;Denver;Boston;Nashville;Detroit;Portland;Memphis;
Las Vegas;Louisville;Baltimore;Milwaukee;Albuquerque;Tucson;Fresno;Sacramento;Kansas City;Atlanta;Omaha;Miami;Oakland;Minneapolis;Tulsa;Tampa;New Orleans;Cleveland;Honolulu;Anaheim;Orlando;Pittsburgh;Cincinnati;St. Louis;San Francisco;
Brooklyn;Manhattan;Queens;Bronx;Harlem;Hollywood;Salt Lake City;Buffalo;Richmond;Washington;Washington D.C.;Washington DC;D.C.;London;Manchester;Liverpool;Birmingham;Leeds;Glasgow;Edinburgh;Belfast;Dublin;Cardiff;Bristol;Oxford;Cambridge;Paris;
Lyon;Marseille;Berlin;Munich;Hamburg;Frankfurt;Cologne;Vienna;Zurich;Geneva;Brussels;Amsterdam;Rotterdam;The Hague;Madrid;Barcelona;Lisbon;Rome;Milan;Naples;Venice;Florence;Turin;Athens;Istanbul;Ankara;Moscow;St. Petersburg;Saint Petersburg;
Kyiv;Kiev;Odesa;Odessa;Kharkiv;Lviv;Mariupol;Donetsk;Luhansk;Kherson;Minsk;Warsaw;Prague;Budapest;Bucharest;Sofia;Belgrade;Zagreb;Sarajevo;Oslo;Stockholm;Copenhagen;Helsinki;Reykjavik;Cairo;Alexandria;Jerusalem;Tel Aviv;Haifa;Beirut;Damascus;Aleppo;
Amman;Baghdad;Basra;Mosul;Fallujah;Najaf;Karbala;Kirkuk;Tikrit;Ramadi;Samarra;Tehran;Riyadh;Jeddah;Mecca;Medina;Doha;Dubai;Abu Dhabi;Kuwait City;Sanaa;Kabul;Kandahar;Islamabad;Karachi;Lahore;Peshawar;Delhi;New Delhi;Mumbai;Bombay;Calcutta;
Kolkata;Chennai;Madras;Bangalore;Hyderabad;Pune;Ahmedabad;Dhaka;Colombo;Kathmandu;Rangoon;Yangon;Bangkok;Phuket;Hanoi;Saigon;Ho Chi Minh City;Phnom Penh;Kuala Lumpur;Jakarta;Manila;Beijing;Shanghai;Shenzhen;Guangzhou;Tokyo;Osaka;Kyoto;
Hiroshima;Nagasaki;Seoul;Pyongyang;Taipei;Sydney;Melbourne;Brisbane;Perth;Adelaide;Canberra;Auckland;Wellington;Toronto;Montreal;Vancouver;Ottawa;Calgary;Edmonton;Mexico City;Tijuana;Havana;San Juan;Bogota;Caracas;Lima;Quito;Santiago;
Buenos Aires;Rio de Janeiro;Rio;Sao Paulo;Brasilia;Montevideo;Nairobi;Mombasa;Lagos;Abuja;Accra;Addis Ababa;Khartoum;Tripoli;Benghazi;Tunis;Algiers;Casablanca;Johannesburg;Cape Town;Pretoria;Harare;Kampala;Kinshasa;Mogadishu;Rafah;Ramallah;Hebron;Nablus;Jenin"""

ORGS = """UN;U.N.;United Nations;NATO;EU;European Union;OPEC;IMF;International Monetary Fund;World Bank;WTO;WHO;UNESCO;UNICEF;IAEA;Red Cross;Amnesty International;Human Rights Watch;African Union;Arab League;ASEAN;CIA;FBI;NSA;DEA;FDA;EPA;
IRS;SEC;FCC;FEMA;NASA;ESA;Pentagon;State Department;Defense Department;Justice Department;Congress;Senate;House of Representatives;Supreme Court;Parliament;Knesset;Duma;Bundestag;White House;Kremlin;Federal Reserve;Treasury;
Homeland Security;Department of Defense;Department of State;Department of Energy;Democratic Party;Republican Party;GOP;Labour Party;Labor Party;Conservative Party;Communist Party;Likud;Hamas;Fatah;Hezbollah;Hizbullah;PLO;Taliban;
al Qaeda;al - Qaeda;Al Qaeda;Al - Qaeda;al - Qaida;Al - Qaida;LTTE;IRA;ISIS;Baath Party;BJP;CNN;BBC;NBC;ABC;CBS;Fox News;Fox;MSNBC;NPR;PBS;HBO;AP;Associated Press;Reuters;AFP;Xinhua;Al Jazeera;Al - Jazeera;New York Times;The New York Times;NYT;Washington Post;
Los Angeles Times;Wall Street Journal;USA Today;Newsweek;Guardian;The Guardian;Economist;Financial Times;Google;Microsoft;Apple;Intel;IBM;Yahoo;Yahoo!;Amazon.com;eBay;Facebook;Twitter;YouTube;Myspace;Wikipedia;Sony;Nintendo;Nokia;
Samsung;Toyota;Honda;Ford;GM;General Motors;Chrysler;BMW;Boeing;Airbus;Lockheed Martin;Halliburton;Enron;ENRON;Exxon;ExxonMobil;Shell;BP;Chevron;Walmart;Wal - Mart;Target;Starbucks;McDonalds;McDonald 's;Burger King;KFC;Subway;Pizza Hut;Pepsi;
Coca - Cola;Nike;Adidas;Disney;Dell;HP;Cisco;Oracle;Verizon;AT&T;T - Mobile;Citibank;Citigroup;Bank of America;Goldman Sachs;Morgan Stanley;JP Morgan;Merrill Lynch;Lehman Brothers;ISDA;FERC;Navy;Army;Air Force;Marines;Marine Corps;Coast Guard;IDF;
Harvard;Yale;Stanford;MIT;Princeton;UCLA;NYU;NFL;NBA;MLB;NHL;FIFA;UEFA;Manchester United;Yankees;Red Sox;Real Madrid;ACLU;AARP;NRA;PETA;Greenpeace;Oxfam;Craigslist;Best Buy;Home Depot;Costco;Marriott;Hilton;Hyatt;Sheraton;Dynegy;Compaq;Reliant;Cargill;Questar;PaineWebber;Chipotle;Midas;Petco;PetSmart;Quizno's;Bechtel;El Paso;Williams;Duke Energy;Southern California Edison;PG&E;Andersen;Arthur Andersen;Deloitte;KPMG;UPI;Interpol;Republican Guard;Islamic Jihad;Muslim Brotherhood;Northern Alliance;Mossad;ISI;KGB;Baath;Halliburton;Blackwater;Walmart;WalMart;Kmart;Sears;Macy's;Ikea;Netflix;PayPal;Skype;Hotmail;Gmail;AOL;Comcast;Sprint;Vodafone;Orange;FedEx;UPS;USPS;DHL;Amtrak;Delta;United Airlines;American Airlines;British Airways;Lufthansa;Ryanair"""

FIRST = """Aaron Abdul Abdullah Abigail Adam Adrian Ahmad Ahmed Alan Albert Alejandro Alex Alexander Alexandra Alexis Ali Alice Alicia Alison Allen Allison Amanda Amber Amir Amy Ana Andrea Andrei Andrew Andy Angela Ann Anna Anne Annie Anthony Antonio April Arnold Arthur Ashley
Barack Barbara Barry Becky Ben Benjamin Bernard Beth Betty Bill Billy Bob Bobby Boris Brad Bradley Brandon Brenda Brian Bruce Bryan Carl Carla Carlos Carol Caroline Carolyn Catherine Charles Charlie Charlotte Cheryl Chris Christian Christina Christine Christopher Chuck Cindy Claire Clark Claudia Colin
Colleen Condoleezza Connie Craig Crystal Curtis Cynthia Dan Dana Daniel Danielle Danny Darrell Darren Dave David Dawn Dean Deborah Debra Denise Dennis Derek Diana Diane Dick Dmitry Don Donald Donna Doris Dorothy Doug Douglas Dylan Ed Eddie Edward Eileen Elaine Eleanor Elena Elizabeth Ellen Emily
Emma Eric Erica Erik Erin Ernest Eugene Eva Evan Evelyn Fernando Frances Francis Francisco Frank Fred Gabriel Gary Gavin Gene George Gerald Gerard Gina Glen Glenn Gloria Gordon Grace Greg Gregory Hannah Harold Harry Hassan Heather Helen Henry Hillary Holly Howard Hugo Hussein Ian Ibrahim Igor Irene
Isaac Isabel Ivan Jack Jackie Jacob Jacqueline Jake James Jamie Jane Janet Janice Jared Jason Javier Jay Jean Jeff Jeffrey Jennifer Jenny Jeremy Jerry Jesse Jessica Jessie Jill Jim Jimmy Joan Joanna Joe Joel Johan John Johnny Jon Jonathan Jordan Jorge Jose Joseph Josh Joshua Joyce Juan Judith Judy Julia
Julian Julie June Justin Karen Karl Kate Katherine Kathleen Kathy Katie Kay Keith Kelly Ken Kenneth Kevin Kim Kimberly Kofi Kristen Kristin Kurt Kyle Larry Laura Lauren Laurie Lawrence Lee Leo Leon Leonard Leslie Linda Lindsay Lisa Liz Lois Lori Louis Louise Lucas Lucy Luis Luke Lynn Marc Marcus Margaret
Maria Marie Marilyn Mario Mark Martha Martin Marvin Mary Mathew Matt Matthew Maureen Max Megan Melanie Melissa Michael Michel Michelle Miguel Mike Mohamed Mohammad Mohammed Molly Monica Monique Morgan Muhammad Muqtada Nancy Natalie Nathan Neil Nelson Nicholas Nick Nicole Nina Norman Olga Oliver Olivia Omar Oscar
Osama Pablo Pam Pamela Pat Patricia Patrick Paul Paula Pauline Pedro Peggy Pervez Pete Peter Phil Philip Phillip Phyllis Rachel Ralph Ramon Randall Randy Ray Raymond Rebecca Regina Renee Ricardo Richard Rick Ricky Rita Rob Robert Roberto Robin Rod Rodney Roger Ron Ronald Rosa Rose Ross Roy Russell Ruth Ryan
Sally Sam Samantha Samuel Sandra Sandy Sara Sarah Scott Sean Sergei Seth Shane Shannon Sharon Shawn Sheila Shirley Simon Sonia Stacy Stan Stanley Stephanie Stephen Steve Steven Stuart Sue Susan Suzanne Sylvia Tamara Tammy Tanya Tara Ted Teresa Terry Theodore Theresa Thomas Tiffany Tim Timothy Tina Todd Tom Tony
Tracy Travis Troy Tyler Valerie Vanessa Victor Victoria Vince Vincent Vladimir Volodymyr Walter Warren Wayne Wendy William Willie Yasser Yuri Zachary Sheri Tana Taylor Stinson Traci Carlos Kaye Elena Susanne Mahmoud Saddam Ayman Ayad Iyad Nouri Ehud Ariel Benjamin Shimon Yitzhak Moqtada Grigory Dubya""".split()

SURNAMES = "Bush Clinton Obama Trump Biden Reagan Nixon Carter Kennedy Cheney Rumsfeld Rice Powell Kerry Gore Blair Thatcher Putin Yeltsin Gorbachev Zelensky Sharon Arafat Abbas Netanyahu Olmert Saddam Bremer Allawi Sistani Nasrallah Ahmadinejad Khamenei Khomeini Musharraf Bhutto Chavez Castro Hitler Stalin Lenin Mao Churchill Einstein Newton Darwin Shakespeare Jesus Muhammad Mohammed Prabhakaran Bolton Gonzales Roberts Alito McCain Edwards Dean Lieberman Merkel Chirac Sarkozy Macron Erdogan Assad Mubarak Qaddafi Kaminski Zarqawi Lavrov Rubio Witkoff Vance".split()

OTHER = """January;February;March;April;May;June;July;August;September;October;November;December;Jan;Feb;Mar;Apr;Jun;Jul;Aug;Sep;Sept;Oct;Nov;Dec;Jan.;Feb.;Mar.;Apr.;Aug.;Sep.;Sept.;Oct.;Nov.;Dec.;
Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday;Mon;Tue;Wed;Thu;Thur;Thurs;Fri;Sat;Sun;Mondays;Tuesdays;Wednesdays;Thursdays;Fridays;Saturdays;Sundays;AM;PM;am;pm;a.m.;p.m.;EST;PST;CST;GMT;CDT;EDT;PDT;God;Internet;Mom;Dad;Mum;Earth;Sun;Moon;TV;OK"""

split = lambda s: {x.strip().lower() for x in s.replace("\n", "").split(";") if x.strip()}
PLACE, ORG, NOT = split(COUNTRIES) | split(REGIONS) | split(CITIES), split(ORGS), split(OTHER)
PERSON_FIRST, PERSON_LAST = {x.lower() for x in FIRST}, {x.lower() for x in SURNAMES}


def look_up(words):
    """PLACE, ORG, PERSON, 'O' (a proper noun that is no name here) or None."""
    t = " ".join(words).lower()
    if t in NOT or all(w.lower() in NOT or w.isdigit() for w in words):
        return "O"
    if t in ORG:
        return "ORG"
    if t in PLACE:
        return "PLACE"
    w = [x.lower() for x in words]
    if w[-1] in ("inc", "inc.", "corp", "corp.", "ltd", "ltd.", "llc", "co.", "university", "college", "institute", "committee", "party", "ministry", "department", "agency", "association", "foundation", "council", "commission", "company", "corporation", "bank", "court", "police", "times", "post", "news", "magazine", "journal", "union", "school", "society", "federation", "organization", "authority", "board", "bureau", "club", "group", "press", "team"):
        return "ORG"
    if len(w) > 1 and w[-1] in ("street", "avenue", "road", "airport", "bridge", "stadium", "museum", "hotel", "station", "palace", "tower"):
        return "FACILITY"
    if len(w) > 1 and w[-1] in ("river", "lake", "island", "islands", "mountain", "mountains", "valley", "county", "bay", "beach", "province", "desert", "sea", "ocean", "city", "peninsula", "canyon", "falls", "coast", "hills", "creek", "springs", "park", "forest"):
        return "PLACE"
    if w[0] in PERSON_FIRST and len(w) <= 4 or (len(w) == 1 and w[0] in PERSON_LAST) or (2 <= len(w) <= 4 and w[-1] in PERSON_LAST):
        return "PERSON"
    return None
