"""One sentence for each buyer category, want, need and personality, and for what is installed."""

from __future__ import annotations

import types
from collections.abc import Mapping

from models.approach import Experience
from models.enums import Category, Need, Personality, Want
from models.fields import Label

CATEGORY: Mapping[Category, Label] = types.MappingProxyType(
    {
        Category.DECISION_MAKER: Label(
            "Three things about {deal}: what it does for {goal}, what it ties up, what happens if you wait.",
            "关于{deal}，我只说三点：对{goal}有什么贡献、要投入多少、不做会怎样。",
        ),
        Category.USER_MANAGER: Label(
            "What counts for {department} is that daily work goes on; let us plan {deal} around it together.",
            "{department}最要紧的是日常工作不受影响，{deal}怎么安排，我们先和您把节奏定下来。",
        ),
        Category.TECHNICAL_MANAGER: Label(
            "You will live with it: name the interfaces and limits, and we prove that {ours} meets them.",
            "以后要靠你们来管：接口和指标请您提，{ours}能不能满足，我们拿依据说话。",
        ),
        Category.FINANCE_MANAGER: Label(
            "We lay open what {deal} costs over its whole life, so that you can check every figure yourself.",
            "{deal}全生命周期的每一笔费用，我们都摊开来，您可以逐项核对。",
        ),
        Category.USER: Label(
            "You work with it every day: what should be easier than with {installed}?",
            "天天用的人最有发言权：和{installed}比，您希望哪里更省事？",
        ),
        Category.OPERATOR: Label(
            "When something breaks, you are called: what about {installed} costs you most evenings?",
            "一出故障就得找您：{installed}哪里最让您加班？",
        ),
    }
)

WANT: Mapping[Want, Label] = types.MappingProxyType(
    {
        Want.ACHIEVEMENT: Label(
            "If {deal} works out, it is your result; let us think what you could show by the year's end.",
            "{deal}做成了就是您的成绩，我们一起想想年底能拿出什么成果。",
        ),
        Want.STATUS: Label(
            "Others in the trade will want to see what {department} has built; please be the one to show it.",
            "{department}做出来的东西，同行都会想来看，到时候想请您来讲。",
        ),
        Want.FRIENDSHIP: Label(
            "Whatever becomes of {deal}, you hear the news from me first, the bad as well as the good.",
            "{deal}成不成，我们都是朋友；有什么消息，好的坏的我都先跟您说。",
        ),
        Want.SECURITY: Label(
            "With {deal} we go step by step, each tried before the next, so that nothing falls back on you.",
            "{deal}我们一步一步来，每一步先试、先确认再往下走，不让您担风险。",
        ),
        Want.SURVIVAL: Label(
            "Let us begin with what takes pressure off {department} right now; the rest can wait.",
            "先从眼下最能给{department}减压的事做起，其余的不急。",
        ),
    }
)

NEED: Mapping[Need, Label] = types.MappingProxyType(
    {
        Need.VOLUME: Label(
            "How much more could {department} turn out with {ours}? Let us reckon it with your figures.",
            "用上{ours}，{department}能多出多少量？我们按您的数据算一算。",
        ),
        Need.COST: Label(
            "Let us go through where {installed} costs money each month, and what of it {ours} takes away.",
            "我们一起过一遍{installed}每个月的花销，看{ours}能省掉哪一块。",
        ),
        Need.PROFIT: Label(
            "What is left at the end counts: we show you, year by year, what {deal} adds to the margin.",
            "关键看最后能留下多少利润：{deal}每年贡献多少，我们逐年列给您。",
        ),
        Need.SAFETY: Label(
            "Safety first: which spot in {department} worries you most, and what would make it safe?",
            "安全第一：{department}哪个环节最让您不放心？怎么做才能放心？",
        ),
        Need.IMAGE: Label(
            "{deal} can be seen from outside: what should customers and the owners say of it?",
            "{deal}外面都看得见：您希望客户和上级怎么评价？",
        ),
    }
)

PERSONALITY: Mapping[Personality, Label] = types.MappingProxyType(
    {
        Personality.DRIVER: Label(
            "Ten minutes are enough for {deal}: the result, the price, the date; details are in the annex.",
            "{deal}只占您十分钟：效果、投入、工期，细节都在附件里。",
        ),
        Personality.EXPRESSIVE: Label(
            "Picture {department} in a year, with {ours} at work: what would you show your visitors first?",
            "想象一下一年后用上{ours}的{department}：您最想先带来访的人看什么？",
        ),
        Personality.AMIABLE: Label(
            "There is no hurry: whom should we bring in, so that everybody is at ease with {deal}?",
            "您不用急：还要请哪些同事一起商量，大家才觉得{deal}稳妥？",
        ),
        Personality.ANALYTICAL: Label(
            "Here are the figures on {deal}, their sources, and what we do not know: please check them.",
            "关于{deal}，数据、出处和我们没把握的地方都在这里，请您核对。",
        ),
    }
)

INSTALLED: Mapping[Experience, Label] = types.MappingProxyType(
    {
        Experience.OURS_CONTENT: Label(
            "{installed} has proved itself with you, {score} of 5: which result may we show to others?",
            "{installed}在您这里用得不错，打了 {score} 分（满分 5 分）：哪项成果方便我们介绍给别人？",
        ),
        Experience.OURS_SOUR: Label(
            "{installed} got {score} of 5: before we speak of anything new, what do we have to put right?",
            "{installed}只得了 {score} 分（满分 5 分）：谈新的之前，先请您说说我们该改什么。",
        ),
        Experience.RIVAL_CONTENT: Label(
            "{installed} serves you well, {score} of 5: what would have to stay just as it is?",
            "{installed}用得不错，{score} 分（满分 5 分）：哪些地方换了也必须保持不变？",
        ),
        Experience.RIVAL_SOUR: Label(
            "{installed} got {score} of 5 from your people: what would have to be different next time?",
            "大家给{installed}只打了 {score} 分（满分 5 分）：下一次希望哪里不一样？",
        ),
    }
)
