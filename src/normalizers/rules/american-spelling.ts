/**
 * British spellings and their American counterparts, by the pattern in which they differ. A family lists stems with
 * the endings that occur after the pattern (`-` for none); without any, it takes the family's. The range is that of the list that Whisper's English
 * normalizer uses (after tysto.com's), its few odd entries included, so that scores compare.
 */
interface Family {
  readonly british: string;
  readonly american: string;
  /** Endings of the stems that name none; `-` if absent. */
  readonly endings?: string;
  readonly stems: string;
}

/** Endings of a verb in -ise or -yse. */
const VERB = 'e,ed,es,ing';

const FAMILIES: readonly Family[] = [
  {
    british: 'is',
    american: 'iz',
    endings: VERB,
    stems: `accessor agon:${VERB},ingly anglic antagon apolog author bapt bastard bowdler brutal canal cannibal canon
      capital caramel carbon categor cauter central character circular civil collectiv commercial compartmental computer
      conceptual contextual criminal critic custom demon deodor depersonal deput digit econom editorial empath emphas
      energ epitom eulog evangel exorc factor fantas femin galvan ghetto glamor homogen human hybrid hypnot hypothes
      idol immortal individual industrial initial intellectual italic item jeopard legitim local magnet memorial memor
      mesmer metabol militar minim modern moral optim ostrac overemphas particular patron:${VERB},ingly penal personal
      philosoph plagiar propagand public radical random revital revolution rhapsod romantic sanit satir scandal scrutin
      sensational sensit sentimental sermon signal sodom solemn summar symbol tantal:${VERB},ingly tempor tender terror
      theor traumat trivial tyrann vandal verbal
      amort:able,ation,ations,${VERB} real:able,ation,ations,${VERB} util:able,ation,${VERB}
      recogn:able,ably,ance,${VERB} unrecogn:able,ed aggrand:ement annual:ed appet:er,ers,ing,ingly
      disorgan:ation,ed motor:ed ritual:ed transistor:ed vulcan:ed unauthor:ed uncivil:ed underutil:ed unorgan:ed
      organ:ation,ational,ations,er,ers,${VERB}`,
  },
  {
    british: 'isation',
    american: 'ization',
    stems: `acclimat colon crystall decentral decriminal dehuman demilitar demobil democrat demoral denational desensit
      destabil dramat:-,s equal extempor external:-,s familiar fertil fictional:-,s final formal fossil fratern
      general:-,s global harmon hospital ideal immobil immun institutional internal international ion legal liberal lion
      marginal material maxim mechan miniatur mobil monopol national:-,s natural neutral normal oxid passiv pasteur
      pedestrian polar politic popular pressur priorit privat:-,s professional pulver rational:-,s regular reorgan:-,s
      secular serial:-,s social special:-,s stabil standard steril:-,s stigmat subsid synchron systemat union urban
      vapor victim visual:-,s vocal:-,s vulgar western`,
  },
  {
    british: 'iser',
    american: 'izer',
    stems: `colon:-,s equal:-,s fertil:-,s immobil:-,s ion:-,s liquid:-,s moistur:-,s
      proselyt:-,s stabil:-,s steril:-,s subsid:-,s sympath:-,s synthes:-,s woman:-,s`,
  },
  {
    british: 'is',
    american: 'iz',
    endings: VERB,
    stems: `acclimat colon crystall decentral decriminal dehuman demilitar demobil democrat demoral denational desensit
      destabil dramat equal extempor external familiar fertil fictional final formal fossil fratern general global harmon
      hospital ideal immobil immun institutional internal international ion legal liberal lion marginal material maxim
      mechan miniatur mobil monopol national natural neutral normal oxid passiv pasteur pedestrian polar politic popular
      pressur priorit privat professional pulver rational regular reorgan secular serial social special stabil standard
      steril stigmat subsid synchron systemat union urban vapor victim visual vocal vulgar western liquid moistur
      proselyt sympath synthes woman`,
  },
  { british: 'ys', american: 'yz', endings: VERB, stems: `anal breathal:${VERB},er,ers catal paral psychoanal` },
  {
    british: 'our',
    american: 'or',
    stems: `arb:-,s ard arm:-,ed,er,ers,ies,y behavi:-,al,ism,ist,ists,s belab:-,ed,ing,s cand clam:-,ed,ing,s
      clang col:-,ant,ants,ed,eds,ful,fully,ing,ize,ized,izes,izing,less,s demean discol:-,ed,ing,s disfav
      dishon:-,able,ably,ed,ing,s enam:ed endeav:-,ed,ing,s fav:-,able,ably,ed,ing,ite,ites,itism,s ferv
      flav:-,ed,ing,ings,less,s,some harb:-,ed,ing,s hon:-,able,ably,ed,ing,s hum:-,ed,ing,less,s
      lab:-,ed,er,ers,ing,s misbehavi misdemean:-,s multicol:ed neighb:-,hood,hoods,ing,liness,ly,s od:-,less,s
      parl:-,s ranc rig:-,s rum:-,ed,s savi:-,s sav:-,ed,ies,ing,s,y splend:-,s succ:-,ed,ing,s technicol
      tricol:-,s tum:-,s unfav:able,ably unsav:y val vap:-,s vig watercol:-,s`,
  },
  {
    british: 'll',
    american: 'l',
    stems: `backpeda:ed,ing bedevi:ed,ing bejewe:ed beve:ed cance:ed,ing caro:ed,ing cavi:ed,ing channe:ed,ing
      chise:ed,ing counci:or,ors counse:ed,ing,or,ors crue:er,est cudge:ed,ing dia:ed,ing disembowe:ed,ing disheve:ed
      drive:ed,ing due:ed,ing ename:ed,ing funne:ed,ing gambo:ed,ing grave:ed,ing grove:ed,ing grue:ing,ingly
      impane:ed,ing imperi:ed,ing initia:ed,ing jewe:ed,er,ers labe:ed,ing leve:ed,er,ers,ing libe:ed,ing,ous
      marsha:ed,ing marve:ed,ing,ous,ously mode:ed,er,ers,ing pane:ed,ing,ist,ists parce:ed,ing peda:ed,ing penci:ed,ing
      quarre:ed,ing rave:ed,ing refue:ed,ing remode:ed,ing reve:ed,er,ers,ing riva:ed,ing shove:ed,ing shrive:ed,ing
      signa:ed,ing snive:ed,ing snorke:ed,ing spira:ed,ing squirre:ed,ing stenci:ed,ing swive:ed,ing tasse:ed
      towe:ed,ing trave:ed,er,ers,ing tria:ed,ing tunne:ed,ing unequa:ed unrave:ed,ing unriva:ed untramme:ed
      wease:ed,ing yode:ed,ing woo:en,ens,ies,y ca:iper,ipers,isthenics chi:i tranqui:ity`,
  },
  { british: 'llis', american: 'liz', stems: `tranqui:${VERB},er,ers` },
  { british: 'lliz', american: 'liz', stems: `tranqui:e,ed,er,ers,es,ing` },
  {
    british: 're',
    american: 'er',
    stems: `amphitheat:-,s calib:-,s centilit:-,s centimet:-,s cent:-,fold,folds,piece,pieces,s epicent:-,s
      fib:-,glass,s goit:-,s kilomet:-,s lacklust lit:-,s louv:-,s lust meag met:-,s micromet:-,s millilit:-,s
      millimet:-,s mit:-,s reconnoit:-,s sab:-,s saltpet scept:-,s sepulch:-,s somb spect:-,s theat:-,goer,goers,s
      manoeuv>maneuv:-,s outmanoeuv>outmaneuv:-,s philt>filt:-,s`,
  },
  { british: 'red', american: 'ered', stems: 'cent louv reconnoit manoeuv>maneuv outmanoeuv>outmaneuv' },
  {
    british: 'ring',
    american: 'ering',
    stems: 'reconnoit manoeuv>maneuv:-,s outmanoeuv>outmaneuv',
  },
  {
    british: 'ae',
    american: 'e',
    stems: `:sthete,sthetes,sthetic,sthetically,sthetics,on,ons,tiology an:mia,mic,sthesia,sthetic,sthetics,sthetist,sthetists,sthetize,sthetized,sthetizes,sthetizing
      bougainvill>bougainvill c:sarean,sareans chim:ra,ras encyclop:dia,dias,dic f:cal,ces
      gyn:cological,cologist,cologists,cology
      h:matological,matologist,matologists,matology,moglobin,mophilia,mophiliac,mophiliacs,morrhage,morrhaged,morrhages,morrhaging,morrhoids
      leuk:mia medi:val orthop:dic,dics p:derast,derasts,diatric,diatrician,diatricians,diatrics,dophile,dophiles,dophilia
      pal:olithic,ontologist,ontologists,ontology pr:sidium,sidiums prim:val tox:mia
      arch:ologically,ologist,ologists,ology`,
  },
  { british: 'aesthetis', american: 'esthetiz', stems: `an:${VERB}` },
  {
    british: 'oe',
    american: 'e',
    stems: `diarrh:a ed:ma f:tal,tid,tus,tuses gonorrh:a hom:opath,opathic,opaths,opathy :sophagus,sophaguses,strogen
      pharmacop:ia,ias`,
  },
  { british: 'ogue', american: 'og', stems: 'anal:-,s catal:-,s dial:-,s epil:-,s monol:-,s prol:-,s' },
  { british: 'ence', american: 'ense', stems: 'def:-,less,s off:-,s pret:-,s lic:-,d,s' },
  { british: 'amme', american: 'am', stems: 'aerogr:-,s centigr:-,s gr:-,s kilogr:-,s milligr:-,s progr:-,s' },
  {
    british: 'ould',
    american: 'old',
    stems: 'm:-,ed,er,ered,ering,ers,ier,iest,ing,ings,s,y rem:-,ed,ing,s sm:er,ered,ering,ers',
  },
  { british: 'oult', american: 'olt', stems: 'm:-,ed,ing,s' },
  { british: 'ough', american: 'ow', stems: 'pl:-,ed,ing,man,men,s,share,shares snowpl' },
  { british: 'draught', american: 'draft', stems: ':-,board,boards,ier,iest,s,sman,smanship,smen,swoman,swomen,y' },
  { british: 'grey', american: 'gray', stems: ':-,ed,ing,ish,ness,s' },
  { british: 'gaol', american: 'jail', stems: ':-,bird,birds,break,breaks,ed,er,ers,ing,s' },
  { british: 'cosi', american: 'cozi', stems: ':er,es,est,ly,ness' },
  { british: 'sulph', american: 'sulf', stems: ':ate,ates,ide,ides,ur,urous' },
  { british: 'scept', american: 'skept', stems: ':ic,ical,ically,icism,ics' },
  { british: 'syphon', american: 'siphon', stems: ':-,ed,ing,s' },
  { british: 'baulk', american: 'balk', stems: ':-,ed,ing,s' },
  { british: 'practis', american: 'practic', stems: `:${VERB}` },
  { british: 'gag', american: 'gaug', stems: `:${VERB}` },
  { british: 'cheque', american: 'check', stems: ':-,book,books,s' },
  { british: 'moustach', american: 'mustach', stems: ':e,ed,es,ioed' },
  { british: 'fillet', american: 'filet', stems: ':-,ed,ing,s' },
  { british: 'behov', american: 'behoov', stems: ':e,ed,es' },
  { british: 'xion', american: 'ction', stems: 'conne:-,s infle:-,s' },
  { british: 'ette', american: 'et', stems: 'epaul:-,s omel:-,s' },
  { british: 'il', american: 'ill', stems: 'dist:-,s fulf:-,ment,s inst:-,s' },
  { british: 'al', american: 'all', stems: 'app:-,s enthr:-,s inst:-,ment,ments,s' },
  { british: 'rol', american: 'roll', stems: 'en:-,s' },
];

/** Pairs that follow no pattern shared with another word. */
const PAIRS = `accoutrements>accouterments aeroplane>airplane aeroplanes>airplanes ageing>aging almanack>almanac
  almanacks>almanacs aluminium>aluminum archeological>archaeological artefact>artifact artefacts>artifacts axe>ax
  bannister>banister bannisters>banisters battleax>battleaxe bevvies>bevies bevvy>bevy biassed>biased biassing>biasing
  bingeing>binging bougainvillaeas>bougainvilleas bougainvillaea>bougainvillea busses>buses bussing>busing
  cancelation>cancellation cancelations>cancellations catalogued>cataloged cataloguing>cataloging chequered>checkered
  clarinettist>clarinetist clarinettists>clarinetists cosy>cozy crenelated>crenellated cypher>cipher cyphers>ciphers
  disc>disk discs>disks flautist>flutist flautists>flutists gasses>gases gipsies>gypsies glamor>glamour
  glueing>gluing groyne>groin groynes>groins gryphon>griffin gryphons>griffins jewellery>jewelry judgement>judgment
  licencing>licensing likeable>likable manoeuvrability>maneuverability manoeuvrable>maneuverable minibusses>minibuses
  misspelt>misspelled phoney>phony pouffe>pouf pouffes>poufs pummelled>pummel pummelling>pummeled pyjama>pajama
  pyjamas>pajamas pzazz>pizzazz sheikh>sheik snowploughs>snowplow storey>story storeys>stories tonne>ton tonnes>tons
  tranquilly>tranquility travelog>travelogue travelogs>travelogues tyre>tire tyres>tires videodisc>videodisk
  videodiscs>videodisks waggon>wagon waggons>wagons worshipped>worshiped worshipping>worshiping worshipper>worshiper
  yoghourt>yogurt yoghourts>yogurts yoghurt>yogurt yoghurts>yogurts`;

function* spellings(): Generator<readonly [string, string]> {
  for (const { british, american, endings: usual = '-', stems } of FAMILIES) {
    for (const entry of stems.trim().split(/\s+/u)) {
      const [stem = '', endings = usual] = entry.split(':');
      const [from = '', to = from] = stem.split('>');
      for (const ending of endings.split(',')) {
        const suffix = ending === '-' ? '' : ending;
        yield [from + british + suffix, to + american + suffix];
      }
    }
  }
  for (const pair of PAIRS.trim().split(/\s+/u)) {
    const [british = '', american = ''] = pair.split('>');
    yield [british, american];
  }
}

/** American spelling by British one. */
export const AMERICAN_SPELLING: ReadonlyMap<string, string> = new Map(spellings());
