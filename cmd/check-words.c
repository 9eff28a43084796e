/* SPDX-License-Identifier: BSD-2-Clause */
#include "check-words.h"

static const char *const words[CHECK_WORDS][POST_LANGS] = {
	[CHECK_USABLE]		= { "usable", "可用" },
	[CHECK_WITH_CARE]	= { "usable with care", "可用，但须谨慎" },
	[CHECK_NO_PROFILE]	= { "not a profile", "不是有效的采样数据" },
	[CHECK_UNREADABLE]	= { "unreadable", "无法读取" },
	[CHECK_TOTAL]		= { "total", "总权重" },
	[CHECK_STACKS]		= { "stacks", "堆栈" },
	[CHECK_FRAMES]		= { "frames", "帧" },
	[CHECK_DEEPEST]		= { "deepest", "最大深度" },
	[CHECK_SAMPLES]		= { "samples", "采样次数" },
	[CHECK_SUMS]		= { "sums of a quantity (not in descending order)", "累计值（未按降序排列）" },
	[CHECK_UNKNOWN_WEIGHT]	= { "samples, or sums of a quantity", "采样次数或累计值" },
	[CHECK_FOLDED]		= { "folded: what only the raw trace tells is gone", "折叠格式：原始数据中的许多线索已丢失" },
	[CHECK_MEANS]		= { "means", "影响" },
	[CHECK_REMEDY]		= { "remedy", "对策" },
	[CHECK_FIRST]		= { "first", "首见" },
	[CHECK_ASIDE]		= { "in the messages", "见于标准错误输出" },
	[CHECK_NEXT_TIME]	= { "next time", "下次这样采样" },
	[CHECK_EDITED]		= { "(the script sets its own size whatever -a says, and stap refuses two: a changed copy is run)",
	    "（脚本总是自行设置 MAXSTRINGLEN，-a 改不了它，因此运行改过的副本）" },
	[CHECK_NOT_GIVEN]	= { "not given to -d", "未列入 -d" },
	[CHECK_TRACER]		= { "the tracer itself", "跟踪器自身" },
	[CHECK_GONE]		= { "replaced while it was mapped: restart the target", "映射期间文件已被替换：请重启目标进程" },
	[CHECK_CUT]		= { "its path is cut: give the whole one", "路径被截断：请给出完整路径" },
	[CHECK_NO_MODULE]	= { "no module: JIT code, the vdso, or garbage", "不属于任何模块：JIT 代码、vdso 或垃圾地址" },
	[CHECK_QUOTING]		= { "its name would need quoting", "名称需要引号转义" },
	[CHECK_BEFORE]		= { "found before it was folded", "折叠之前的结论" },
	[CHECK_FILES]		= { "files", "文件" },
	[CHECK_TRACE]		= { "trace", "文件" },
	[CHECK_VERDICT]		= { "verdict", "结论" },
	[CHECK_FINDINGS]	= { "findings", "问题" },
};

const char *
check_word(enum check_word w, enum post_lang lang)
{
	return words[w][lang];
}

enum check_word
check_worth(enum post_worth worth)
{
	return worth == POST_NO_PROFILE ? CHECK_NO_PROFILE : worth == POST_WITH_CARE ? CHECK_WITH_CARE : CHECK_USABLE;
}

enum check_word
check_why(enum post_dash_d why)
{
	switch (why) {
	case POST_DASH_D_TRACER:
		return CHECK_TRACER;
	case POST_DASH_D_GONE:
		return CHECK_GONE;
	case POST_DASH_D_CUT:
		return CHECK_CUT;
	case POST_DASH_D_UNKNOWN:
		return CHECK_NO_MODULE;
	default:
		return CHECK_QUOTING;
	}
}
