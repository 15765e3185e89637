/** The texts of the studio's screens; a language that lacks one does not compile. */
import type { Language } from "./languages";

export interface ScreenWords {
  name: string;
  language: string;
  loading: string;
  wrong: (message: string) => string;
  nobody: string;
  screens: { start: string; lessons: string; compare: string; mine: string; room: string };
  start: { title: string; hint: string; choices: Record<"watch" | "lessons" | "compare" | "mine" | "assess" | "room", [string, string]> };
  lessons: { title: string; hint: string };
  lesson: {
    steps: [string, string, string, string, string];
    progress: string;
    guess: string;
    lock: string;
    locked: (guess: string) => string;
    watch: string;
    watchHint: string;
    reveal: string;
    why: string;
    reflect: string;
    back: string;
    again: string;
    others: string;
    yourGuess: string;
    thisRun: string;
    sofar: (done: string, of: string) => string;
    measured: (n: string, mean: string) => string;
    middle: (low: string, high: string) => string;
    tooFew: string;
    changed: (changes: string) => string;
    more: (n: string) => string;
    off: string;
    offHint: string;
    asItIs: string;
    switchedOff: string;
    watchOff: string;
    watchBoth: string;
    oneLead: string;
    stays: string;
    here: string;
    there: string;
    line: string;
  };
  compare: {
    title: string;
    hint: string;
    company: string;
    base: string;
    run: string;
    stop: string;
    drawn: string;
    type: string;
    earned: string;
    against: string;
    best: string;
    bestIn: (n: string, of: string) => string;
    between: (mean: string, low: string, high: string) => string;
    isBase: string;
    sofar: (done: string, of: string) => string;
    tooFew: string;
    watch: string;
    watchOf: (type: string) => string;
  };
  mine: {
    title: string;
    hint: string;
    text: string;
    file: string;
    take: string;
    working: string;
    here: (name: string) => string;
    watch: string;
    compare: string;
    assess: string;
  };
  assess: {
    title: string;
    hint: string;
    company: string;
    sides: [string, string];
    people: (side: string) => string;
    statements: string;
    facts: string;
    factsHint: string;
    none: string;
    unknown: string;
    values: Record<string, string>;
    go: string;
    tooFew: (side: string) => string;
    working: string;
    asked: (done: string, of: string) => string;
    found: (type: string, chance: string) => string;
    unlike: string;
    score: (score: string, low: string, high: string, sales: string, marketing: string) => string;
    next: string;
    noStep: string;
    gain: (gain: string, low: string, high: string) => string;
    pays: (share: string) => string;
    open: (share: string) => string;
    gaps: string;
    noGap: (size: string, low: string, high: string) => string;
    whole: string;
    gap: (sales: string, marketing: string, share: string) => string;
    causes: (causes: string) => string;
    told: string;
    evidence: (n: string, right: string) => string;
    save: string;
  };
  save: { left: string; right: string; types: string; saved: (file: string) => string };
}

export const SCREENS: Record<Language, ScreenWords> = {
  en: {
    name: "Revenue Together",
    language: "Language",
    loading: "One moment …",
    wrong: (message) => `That does not work: ${message}`,
    nobody: "There is no such page here.",
    screens: { start: "Start", lessons: "Lessons", compare: "Compare", mine: "My company", room: "Class room" },
    start: {
      title: "Two companies, one market, the same luck",
      hint: "How Marketing and Sales work together decides how many leads nobody ever calls. Watch it, guess it, try your own company.",
      choices: {
        watch: ["Watch two minutes", "Two companies side by side, lead by lead"],
        lessons: ["Take a lesson", "Guess, run, see, and learn why"],
        compare: ["Compare", "Every way of working together, in the same markets"],
        mine: ["My company", "Take in a company file and try changes"],
        assess: ["Assess", "Both sides answer twenty statements: which type, and what next?"],
        room: ["Class room", "Many guess on their phones, one wall shows"],
      },
    },
    lessons: { title: "Lessons", hint: "Ten minutes each, alone or before a class." },
    lesson: {
      steps: ["Guess", "Run", "See", "Why", "And we?"],
      progress: "Steps of the lesson",
      guess: "Your guess",
      lock: "Lock my guess and run",
      locked: (guess) => `Your guess is locked: ${guess}.`,
      watch: "Watch both companies",
      watchHint: "Same buyers, same luck. Watch as long as you like.",
      reveal: "To the end: what happened?",
      why: "Why?",
      reflect: "And we?",
      back: "Back",
      again: "Once more from the start",
      others: "Other lessons",
      yourGuess: "your guess",
      thisRun: "the run you watched",
      sofar: (done, of) => `${done} of ${of} runs`,
      measured: (n, mean) => `In ${n} runs: ${mean} on average.`,
      middle: (low, high) => `The middle 80 % lie between ${low} and ${high}.`,
      tooFew: "Too few runs yet to say how they spread.",
      changed: (changes) => `with ${changes}`,
      more: (n) => `and ${n} more`,
      off: "The cause taken away",
      offHint: "The same company in the same markets, with only this different:",
      asItIs: "as it was",
      switchedOff: "cause taken away",
      watchOff: "Watch it beside the first",
      watchBoth: "Back to the two of the lesson",
      oneLead: "One lead, two fates: scroll down to its story, or follow another one.",
      stays: "What you write stays in this page; nobody gets it, and it is gone when you close the page.",
      here: "left",
      there: "right",
      line: "Your guess, the run you watched, and many runs on one line",
    },
    compare: {
      title: "Which way of working together earns most?",
      hint: "Every type lives in the same markets with the same luck. Each dot is one market: what the type earned more (right) or less (left) a year than the base.",
      company: "Company", base: "Against", run: "Live them", stop: "Stop", drawn: "with uncertain assumptions drawn",
      type: "Type", earned: "Contribution a year", against: "Against the base", best: "Best in",
      bestIn: (n, of) => `${n} of ${of} markets`,
      between: (mean, low, high) => `${mean} (middle 80 %: ${low} to ${high})`,
      isBase: "the base", sofar: (done, of) => `${done} of ${of} markets`, tooFew: "too few markets yet",
      watch: "Watch", watchOf: (type) => `Watch ${type} beside the base`,
    },
    mine: {
      title: "My company",
      hint: "Paste or open a company file (YAML). It names a shipped company that it extends, and what is different.",
      text: "Company file", file: "Open a file", take: "Take it in", working: "The company is being built …",
      here: (name) => `${name} is here.`, watch: "Watch it", compare: "Compare its types", assess: "Answers of both sides instead",
    },
    assess: {
      title: "Which type are we, and what comes next?",
      hint: "Both sides answer twenty statements. The company is held against two thousand simulated ones that were asked the same; it takes about a minute.",
      company: "Size and market as", sides: ["Sales", "Marketing"], people: (side) => `People of ${side} who answered`,
      statements: "Twenty statements", facts: "What answers do not show", factsHint: "Leave open what you do not know.",
      none: "no answer", unknown: "not known",
      values: { yes: "yes", no: "no", fixed: "nothing, it is fixed", mql: "leads handed over", accepted: "projects among the leads", pipeline: "pipeline", revenue: "revenue", mix: "a mix of the four" },
      go: "Assess", tooFew: (side) => `${side} has to answer at least 10 of the 20 statements.`,
      working: "Simulated companies are being asked …", asked: (done, of) => `${done} of ${of} runs`,
      found: (type, chance) => `Most likely ${type} (${chance})`,
      unlike: "Take care: hardly any simulated company answers like that; the model may not hold for yours.",
      score: (score, low, high, sales, marketing) => `The relationship score is ${score} of 20 to 100 (90 %: ${low} to ${high}): ${sales} by Sales, ${marketing} by Marketing.`,
      next: "What to change next", noStep: "No single practice can be told to pay in the plausible companies.",
      gain: (gain, low, high) => `${gain} a year (95 %: ${low} to ${high}), where it is not done yet.`, pays: (share) => `It pays in ${share} of plausible companies.`,
      open: (share) => `Look first whether you have it already: it is open in ${share} of them.`,
      gaps: "Where both sides differ more than usual", noGap: (size, low, high) => `Nowhere. Over all, Sales less Marketing is ${size} points; usual is ${low} to ${high}.`,
      whole: "All statements together", gap: (sales, marketing, share) => `Sales ${sales}, Marketing ${marketing}; as far apart in ${share} of simulated companies.`,
      causes: (causes) => `What sets such companies apart: ${causes}.`,
      told: "What the answers tell of practices",
      evidence: (n, right) => `Of ${n} simulated companies read the same way, with the truth known, the likeliest type was right in ${right}.`,
      save: "Save as company YAML",
    },
    save: { left: "Save the left as company YAML", right: "Save the right as company YAML", types: "Compare all types", saved: (file) => `Saved: ${file}` },
  },
  zh: {
    name: "Revenue Together",
    language: "语言",
    loading: "请稍候……",
    wrong: (message) => `无法完成：${message}`,
    nobody: "这里没有这个页面。",
    screens: { start: "首页", lessons: "课程", compare: "比较", mine: "我的公司", room: "课堂" },
    start: {
      title: "两家公司，同一市场，同样的运气",
      hint: "市场部与销售部怎样合作，决定了有多少线索从来没人打电话。来看一看，猜一猜，试试你自己的公司。",
      choices: {
        watch: ["看两分钟", "两家公司并排，逐条线索"],
        lessons: ["上一课", "先猜，再运行，看结果，弄懂原因"],
        compare: ["比较", "每种合作方式，在同样的市场里"],
        mine: ["我的公司", "读入公司文件，试试改变"],
        assess: ["评估", "双方回答二十条陈述：属于哪种方式，下一步做什么？"],
        room: ["课堂", "大家用手机猜，墙上一起看"],
      },
    },
    lessons: { title: "课程", hint: "每课十分钟，可自学，也可在课堂上用。" },
    lesson: {
      steps: ["猜", "运行", "看", "为什么", "我们呢？"],
      progress: "课程步骤",
      guess: "你的猜测",
      lock: "锁定猜测并运行",
      locked: (guess) => `你的猜测已锁定：${guess}。`,
      watch: "看两家公司",
      watchHint: "同样的买家，同样的运气。想看多久都行。",
      reveal: "到最后：发生了什么？",
      why: "为什么？",
      reflect: "我们呢？",
      back: "返回",
      again: "从头再来",
      others: "其他课程",
      yourGuess: "你的猜测",
      thisRun: "你看的这次",
      sofar: (done, of) => `已运行 ${done} / ${of} 次`,
      measured: (n, mean) => `${n} 次运行平均：${mean}。`,
      middle: (low, high) => `中间 80 % 在 ${low} 到 ${high} 之间。`,
      tooFew: "运行次数还太少，说不出分布。",
      changed: (changes) => `改动：${changes}`,
      more: (n) => `以及另外 ${n} 处`,
      off: "去掉原因",
      offHint: "同一家公司，同样的市场，只有这一点不同：",
      asItIs: "原来",
      switchedOff: "去掉原因后",
      watchOff: "与第一家并排看",
      watchBoth: "回到本课的两家公司",
      oneLead: "一条线索，两种命运：往下看它的故事，或跟踪另一条。",
      stays: "你写的内容只留在本页；没有人会收到，关闭页面后即消失。",
      here: "左",
      there: "右",
      line: "你的猜测、你看的这次和多次运行，画在一条线上",
    },
    compare: {
      title: "哪种合作方式赚得最多？",
      hint: "每种方式都在同样的市场、同样的运气里运行。每个点是一个市场：该方式每年比基准多赚（右）或少赚（左）多少。",
      company: "公司", base: "基准", run: "运行", stop: "停止", drawn: "同时抽取不确定的假设",
      type: "方式", earned: "每年贡献", against: "与基准相比", best: "最好的次数",
      bestIn: (n, of) => `${of} 个市场中的 ${n} 个`,
      between: (mean, low, high) => `${mean}（中间 80 %：${low} 到 ${high}）`,
      isBase: "基准", sofar: (done, of) => `已运行 ${done} / ${of} 个市场`, tooFew: "市场还太少",
      watch: "看", watchOf: (type) => `把${type}与基准并排看`,
    },
    mine: {
      title: "我的公司",
      hint: "粘贴或打开公司文件（YAML）。文件写明它沿用哪家自带公司，以及有什么不同。",
      text: "公司文件", file: "打开文件", take: "读入", working: "正在建立公司……",
      here: (name) => `${name} 已读入。`, watch: "看一看", compare: "比较各种方式", assess: "改用双方的回答",
    },
    assess: {
      title: "我们是哪种方式，下一步做什么？",
      hint: "双方回答二十条陈述。系统把公司与回答过同样问题的两千家模拟公司相比；大约需要一分钟。",
      company: "规模和市场参照", sides: ["销售", "市场"], people: (side) => `${side}方回答人数`,
      statements: "二十条陈述", facts: "回答看不出来的事", factsHint: "不知道的可以不填。",
      none: "未回答", unknown: "不知道",
      values: { yes: "是", no: "否", fixed: "固定，不浮动", mql: "移交的线索", accepted: "线索中的真实项目", pipeline: "商机额", revenue: "收入", mix: "四者混合" },
      go: "评估", tooFew: (side) => `${side}方至少要回答 20 条中的 10 条。`,
      working: "正在询问模拟公司……", asked: (done, of) => `已运行 ${done} / ${of} 次`,
      found: (type, chance) => `最可能是${type}（${chance}）`,
      unlike: "请注意：几乎没有模拟公司这样回答；模型可能不适用于贵公司。",
      score: (score, low, high, sales, marketing) => `关系得分 ${score}（20 至 100；90 %：${low} 至 ${high}）：销售 ${sales}，市场 ${marketing}。`,
      next: "下一步改什么", noStep: "在可能的公司里，没有哪项单独的做法能说一定划算。",
      gain: (gain, low, high) => `若尚未做到，每年 ${gain}（95 %：${low} 至 ${high}）。`, pays: (share) => `在 ${share} 的可能公司中划算。`,
      open: (share) => `请先看是否已经做到：在其中 ${share} 还没有。`,
      gaps: "双方看法差异异常之处", noGap: (size, low, high) => `没有。总体上销售减市场为 ${size} 分；通常在 ${low} 到 ${high} 之间。`,
      whole: "全部陈述合计", gap: (sales, marketing, share) => `销售 ${sales}，市场 ${marketing}；${share} 的模拟公司差异同样大。`,
      causes: (causes) => `这类公司的不同之处：${causes}。`,
      told: "回答说明了哪些做法",
      evidence: (n, right) => `用同样方法判读 ${n} 家已知真相的模拟公司，最可能的方式在 ${right} 中正确。`,
      save: "保存为公司 YAML",
    },
    save: { left: "把左边保存为公司 YAML", right: "把右边保存为公司 YAML", types: "比较所有方式", saved: (file) => `已保存：${file}` },
  },
  ru: {
    name: "Revenue Together",
    language: "Язык",
    loading: "Минуту…",
    wrong: (message) => `Не получается: ${message}`,
    nobody: "Такой страницы здесь нет.",
    screens: { start: "Начало", lessons: "Уроки", compare: "Сравнить", mine: "Моя компания", room: "Класс" },
    start: {
      title: "Две компании, один рынок, одна и та же удача",
      hint: "От того, как работают вместе маркетинг и продажи, зависит, скольким лидам никто никогда не позвонит. Посмотрите, угадайте, попробуйте свою компанию.",
      choices: {
        watch: ["Посмотреть две минуты", "Две компании рядом, лид за лидом"],
        lessons: ["Пройти урок", "Угадать, запустить, увидеть и понять почему"],
        compare: ["Сравнить", "Все способы работать вместе на одних и тех же рынках"],
        mine: ["Моя компания", "Загрузить файл компании и попробовать изменения"],
        assess: ["Оценить", "Обе стороны отвечают на двадцать утверждений: какой тип и что дальше?"],
        room: ["Класс", "Все угадывают с телефонов, итог виден на стене"],
      },
    },
    lessons: { title: "Уроки", hint: "По десять минут, в одиночку или с классом." },
    lesson: {
      steps: ["Прогноз", "Запуск", "Итог", "Почему", "А у нас?"],
      progress: "Шаги урока",
      guess: "Ваш прогноз",
      lock: "Закрыть прогноз и запустить",
      locked: (guess) => `Прогноз закрыт: ${guess}.`,
      watch: "Смотрите обе компании",
      watchHint: "Те же покупатели, та же удача. Смотрите сколько хотите.",
      reveal: "В конец: что вышло?",
      why: "Почему?",
      reflect: "А у нас?",
      back: "Назад",
      again: "Ещё раз сначала",
      others: "Другие уроки",
      yourGuess: "ваш прогноз",
      thisRun: "запуск, который вы видели",
      sofar: (done, of) => `запусков: ${done} из ${of}`,
      measured: (n, mean) => `Запусков: ${n}, в среднем ${mean}.`,
      middle: (low, high) => `Средние 80 % лежат между ${low} и ${high}.`,
      tooFew: "Запусков пока мало, чтобы говорить о разбросе.",
      changed: (changes) => `изменено: ${changes}`,
      more: (n) => `и ещё ${n}`,
      off: "Причина убрана",
      offHint: "Та же компания на тех же рынках, отличается только это:",
      asItIs: "как было",
      switchedOff: "без причины",
      watchOff: "Посмотреть рядом с первой",
      watchBoth: "Вернуться к двум компаниям урока",
      oneLead: "Один лид, две судьбы: ниже его история; можно проследить и за другим.",
      stays: "Написанное остаётся на этой странице; никто его не получит, и оно исчезнет вместе с ней.",
      here: "слева",
      there: "справа",
      line: "Ваш прогноз, увиденный запуск и много запусков на одной линии",
    },
    compare: {
      title: "Какой способ работать вместе приносит больше всего?",
      hint: "Каждый тип живёт на одних и тех же рынках с одной и той же удачей. Точка — один рынок: насколько больше (правее) или меньше (левее) базы тип заработал за год.",
      company: "Компания", base: "База", run: "Запустить", stop: "Остановить", drawn: "разыгрывать и неопределённые допущения",
      type: "Тип", earned: "Вклад за год", against: "Против базы", best: "Лучший",
      bestIn: (n, of) => `на ${n} рынках из ${of}`,
      between: (mean, low, high) => `${mean} (средние 80 %: от ${low} до ${high})`,
      isBase: "база", sofar: (done, of) => `рынков: ${done} из ${of}`, tooFew: "рынков пока мало",
      watch: "Смотреть", watchOf: (type) => `Смотреть «${type}» рядом с базой`,
    },
    mine: {
      title: "Моя компания",
      hint: "Вставьте или откройте файл компании (YAML). В нём названа готовая компания, которую он расширяет, и чем ваша отличается.",
      text: "Файл компании", file: "Открыть файл", take: "Загрузить", working: "Компания строится…",
      here: (name) => `${name}: загружено.`, watch: "Посмотреть", compare: "Сравнить типы", assess: "Вместо этого ответы обеих сторон",
    },
    assess: {
      title: "Какой у нас тип и что дальше?",
      hint: "Обе стороны отвечают на двадцать утверждений. Компания сравнивается с двумя тысячами смоделированных, которым задали то же самое; это занимает около минуты.",
      company: "Размер и рынок как у", sides: ["Продажи", "Маркетинг"], people: (side) => `${side}: сколько человек ответило`,
      statements: "Двадцать утверждений", facts: "Чего по ответам не видно", factsHint: "Чего не знаете, оставьте открытым.",
      none: "нет ответа", unknown: "неизвестно",
      values: { yes: "да", no: "нет", fixed: "ни от чего, оклад", mql: "переданные лиды", accepted: "проекты среди лидов", pipeline: "воронка сделок", revenue: "выручка", mix: "всё вместе" },
      go: "Оценить", tooFew: (side) => `${side}: нужны ответы хотя бы на 10 утверждений из 20.`,
      working: "Опрашиваются смоделированные компании…", asked: (done, of) => `запусков: ${done} из ${of}`,
      found: (type, chance) => `Вероятнее всего: ${type} (${chance})`,
      unlike: "Осторожно: почти ни одна смоделированная компания так не отвечает; модель может не подходить для вашей.",
      score: (score, low, high, sales, marketing) => `Оценка отношений ${score} из 20–100 (90 %: от ${low} до ${high}): ${sales} у продаж, ${marketing} у маркетинга.`,
      next: "Что менять дальше", noStep: "Ни об одной отдельной практике нельзя сказать, что она окупится в возможных компаниях.",
      gain: (gain, low, high) => `${gain} в год (95 %: от ${low} до ${high}), если этого ещё нет.`, pays: (share) => `Окупается в ${share} возможных компаний.`,
      open: (share) => `Сначала проверьте, нет ли этого уже: открыто в ${share} из них.`,
      gaps: "Где стороны расходятся сильнее обычного", noGap: (size, low, high) => `Нигде. В целом продажи минус маркетинг: ${size} балла; обычно от ${low} до ${high}.`,
      whole: "Все утверждения вместе", gap: (sales, marketing, share) => `Продажи ${sales}, маркетинг ${marketing}; так же далеко в ${share} смоделированных компаний.`,
      causes: (causes) => `Чем такие компании отличаются: ${causes}.`,
      told: "Что ответы говорят о практиках",
      evidence: (n, right) => `Из ${n} смоделированных компаний, прочитанных так же при известной правде, самый вероятный тип был верен в ${right}.`,
      save: "Сохранить как YAML компании",
    },
    save: { left: "Сохранить левую как YAML компании", right: "Сохранить правую как YAML компании", types: "Сравнить все типы", saved: (file) => `Сохранено: ${file}` },
  },
};
