import { formsOf, inflected, monthsOf, valuesOf } from './forms.ts';
import type { NumberLexicon } from './lexicon.ts';

/** Hindi has a word of its own for each number below a hundred; writers spell many of them in several ways. */
const BELOW_HUNDRED = `0 शून्य; 1 एक; 2 दो; 3 तीन; 4 चार; 5 पाँच पांच; 6 छह छः छ छे; 7 सात; 8 आठ; 9 नौ; 10 दस
  11 ग्यारह; 12 बारह; 13 तेरह; 14 चौदह; 15 पन्द्रह पंद्रह; 16 सोलह; 17 सत्रह सतरह; 18 अठारह अट्ठारह; 19 उन्नीस
  20 बीस; 21 इक्कीस; 22 बाईस बाइस; 23 तेईस तेइस; 24 चौबीस; 25 पच्चीस; 26 छब्बीस; 27 सत्ताईस सत्ताइस; 28 अट्ठाईस अट्ठाइस अठ्ठाईस अठाईस
  29 उनतीस उन्तीस; 30 तीस; 31 इकतीस इकत्तीस; 32 बत्तीस; 33 तैंतीस तेंतीस; 34 चौंतीस; 35 पैंतीस; 36 छत्तीस; 37 सैंतीस; 38 अड़तीस
  39 उनतालीस उन्तालीस उनचालीस; 40 चालीस; 41 इकतालीस; 42 बयालीस ब्यालीस; 43 तैंतालीस तेंतालीस तेतालीस; 44 चौवालीस चवालीस चौंतालीस; 45 पैंतालीस
  46 छियालीस छयालिस छियालिस; 47 सैंतालीस; 48 अड़तालीस; 49 उनचास उन्चास; 50 पचास; 51 इक्यावन इक्यावान; 52 बावन; 53 तिरपन तिरेपन
  54 चौवन चउवन; 55 पचपन; 56 छप्पन; 57 सत्तावन; 58 अट्ठावन अठावन अठ्ठावन; 59 उनसठ; 60 साठ; 61 इकसठ; 62 बासठ; 63 तिरसठ तिरेसठ
  64 चौंसठ चौसठ; 65 पैंसठ; 66 छियासठ छासठ; 67 सड़सठ सरसठ; 68 अड़सठ; 69 उनहत्तर; 70 सत्तर; 71 इकहत्तर; 72 बहत्तर; 73 तिहत्तर
  74 चौहत्तर; 75 पचहत्तर पिचहत्तर; 76 छिहत्तर; 77 सतहत्तर; 78 अठहत्तर; 79 उनासी उन्यासी; 80 अस्सी; 81 इक्यासी; 82 बयासी; 83 तिरासी
  84 चौरासी; 85 पचासी; 86 छियासी; 87 सत्तासी सतासी; 88 अट्ठासी अठासी अठ्ठासी; 89 नवासी; 90 नब्बे; 91 इक्यानबे इक्यानवे; 92 बानबे बानवे
  93 तिरानबे तिरानवे; 94 चौरानबे चौरानवे; 95 पंचानबे पचानबे पंचानवे पचानवे; 96 छियानबे छियानवे; 97 सत्तानबे सत्तानवे; 98 अट्ठानबे अट्ठानवे अठानवे
  99 निन्यानबे निन्यानवे`;

/** In the composition that text has when it is read: a letter with nukta is two code points. */
const composed = (words: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(words).map(([word, value]) => [word.normalize('NFC'), value]));

const CARDINALS = composed(valuesOf(BELOW_HUNDRED));

/** "Twentieth" and so on: the cardinal with -वाँ, which some write -वां. */
const REGULAR = Object.fromEntries(
  Object.entries(CARDINALS)
    .filter(([, value]) => value >= 5 && value !== 6 && value !== 9)
    .flatMap(([word, value]) => ['वाँ', 'वां', 'वीं', 'वें', 'वी'].map((ending) => [word + ending, value] as const)),
);

export const hindi = (): NumberLexicon => ({
  cardinals: CARDINALS,
  articles: ['एक'],
  one: 'एक',
  oneEnds: true,
  hundreds: ['सौ'],
  scales: composed(
    valuesOf('1000 हज़ार हजार; 1e5 लाख; 1e7 करोड़ करोड; 1e9 अरब; 1e11 खरब; 1e6 मिलियन; 1e9 बिलियन; 1e12 ट्रिलियन'),
  ),
  links: [],
  mayLink: () => false,
  points: ['दशमलव', 'पॉइंट', 'प्वाइंट'],
  phrases: { डेढ़: '1.5', ढाई: '2.5' },
  halves: [],
  ordinals: composed({
    ...inflected('1 पहल; 2 दूसर; 3 तीसर; 4 चौथ', 'ा ी े'),
    ...inflected('6 छठ; 6 छठव', 'ा ी े ाँ ां ीं ें'),
    ...inflected('9 नौव; 9 नव', 'ाँ ां ीं ें ी'),
    ...REGULAR,
    ...inflected('1 एकव; 100 सौव; 1000 हज़ारव; 1e5 लाखव; 1e7 करोड़व', 'ाँ ां ीं ें ी'),
  }),
  ordinalEnding: () => 'º',
  digitOrdinal: /^(\d+)(?:º|व(?:ाँ|ां|ीं|ें|ी|े)|ला|रा|री|रे|था|थी|ठा)$/u,
  percent: 'प्रतिशत',
  percentPhrases: ['फ़ीसदी', 'फीसदी'],
  minus: 'माइनस',
  currencies: { $: 'डॉलर', '€': 'यूरो', '£': 'पाउंड', '¥': 'येन', '₹': 'रुपये' },
  unitForms: formsOf(`रुपये: रुपए रुपया रूपये रूपए रुपयों; डॉलर: डालर डॉलरों
    km: किलोमीटर किमी; cm: सेंटीमीटर सेमी; mm: मिलीमीटर मिमी; kg: किलोग्राम किलो किग्रा`),
  cents: ['सेंट', 'पैसे', 'पैसा'],
  and: 'और',
  months: monthsOf(
    'जनवरी, फरवरी फ़रवरी, मार्च, अप्रैल, मई, जून, जुलाई, अगस्त, सितंबर सितम्बर, अक्टूबर अक्तूबर, नवंबर नवम्बर, दिसंबर दिसम्बर',
  ),
});
