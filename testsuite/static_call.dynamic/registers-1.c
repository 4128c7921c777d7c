/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All registers that may hold arguments, those that functions keep, and what is beyond reach
 * the target as they were, also by the call that decides: general ones, vectors in their
 * whole width, the x87, its control word and MXCSR. The stack may be aligned to 8 only.
 */
#include "dynamic.h"

#define CALLS 3000

STATES;

struct registers {
	unsigned long gpr[16]; /* in the order of instructions; rsp is not looked at */
	unsigned char zmm[32][64];
	unsigned char st[80];
	unsigned short x87_control, x87_tag;
	unsigned int mxcsr;
};

struct registers wanted __attribute__((visibility("hidden")));
struct registers got __attribute__((visibility("hidden")));
void *the_target __attribute__((visibility("hidden")));
void *stack __attribute__((visibility("hidden")));
long width __attribute__((visibility("hidden"))) = 16;
static long calls, vectors = 16;

/*
 * registers_call(aligned): load all that is wanted, call; registers_target: store all that there
 * is. %r10 is the target's address, %r11 is free, %rsp as it is.
 */
#define GPRS(do)								\
	do("rax", 0) do("rcx", 1) do("rdx", 2) do("rbx", 3) do("rbp", 5) do("rsi", 6) do("rdi", 7) \
	do("r8", 8) do("r9", 9) do("r12", 12) do("r13", 13) do("r14", 14) do("r15", 15)
#define LOAD(r, n)	"mov wanted+8*" STR(n) "(%rip), %" r "\n"
#define STORE(r, n)	"mov %" r ", got+8*" STR(n) "(%rip)\n"
#define VECTORS(op, name, from, to, list)					\
	".irp n, " list "\n" op " " from ", " to "\n .endr\n"
#define LIST16 "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"
#define LIST32 LIST16 ",16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
#define ZMM "+128+64*\\n(%rip)"

__asm__(".pushsection .text,\"ax\",@progbits\n"
	"registers_call:\n"
	".cfi_startproc\n"
	"push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n push %r15\n"
	".cfi_adjust_cfa_offset 48\n"
	"mov %rsp, stack(%rip)\n"
	"sub %rdi, %rsp\n"
	"cmpl $64, width(%rip)\n je 3f\n cmpl $32, width(%rip)\n je 2f\n"
	VECTORS("movups", wanted, "wanted" ZMM, "%xmm\\n", LIST16)
	"jmp 4f\n"
	"2:\n" VECTORS("vmovups", wanted, "wanted" ZMM, "%ymm\\n", LIST16)
	"jmp 4f\n"
	"3:\n" VECTORS("vmovups", wanted, "wanted" ZMM, "%zmm\\n", LIST32)
	"4: fldpi\n fldl2e\n"
	"mov the_target(%rip), %r10\n"
	GPRS(LOAD)
	".p2align 3,,4\n call .Lentry_thunk\n 771:\n"
	ENTRY("state_thunk", 0)
	"fstp %st(0)\n fstp %st(0)\n"
	"cmpl $16, width(%rip)\n je 5f\n vzeroupper\n"
	"5: mov stack(%rip), %rsp\n"
	"pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n pop %rbx\n ret\n"
	".cfi_endproc\n"
	"registers_target:\n"
	GPRS(STORE)
	"fnstcw got+128+64*32+80(%rip)\n"
	"stmxcsr got+128+64*32+84(%rip)\n"
	"fld %st(1)\n fstpt got+128+64*32(%rip)\n fld %st(0)\n fstpt got+128+64*32+16(%rip)\n"
	"cmpl $64, width(%rip)\n je 3f\n cmpl $32, width(%rip)\n je 2f\n"
	VECTORS("movups", got, "%xmm\\n", "got" ZMM, LIST16)
	"ret\n"
	"2:\n" VECTORS("vmovups", got, "%ymm\\n", "got" ZMM, LIST16)
	"ret\n"
	"3:\n" VECTORS("vmovups", got, "%zmm\\n", "got" ZMM, LIST32)
	"ret\n"
	".popsection\n");
void registers_call(long misaligned), registers_target(void);
MODULE_AUTO

static void fill(void)
{
	unsigned char *p = (unsigned char *)&wanted;
	size_t i;

	for (i = 0; i < sizeof(wanted); i++)
		p[i] = i * 37 + calls;
}

static void compare(void)
{
	long i;

	for (i = 0; i < 16; i++)
		CHECK(i == 4 || i == 10 || i == 11 || got.gpr[i] == wanted.gpr[i]);
	for (i = 0; i < vectors; i++)
		CHECK(!memcmp(got.zmm[i], wanted.zmm[i], width));
}

int main(void)
{
	static const unsigned char pi[10] = { 0x35, 0xc2, 0x68, 0x21, 0xa2, 0xda, 0x0f, 0xc9, 0, 0x40 };
	unsigned short control = 0x027f; /* double precision */
	unsigned int mxcsr = 0x1f80 | 0x6000; /* towards zero */
	struct static_call_dynamic_stats stats;

	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f"))
		width = 64, vectors = 32;
	else if (__builtin_cpu_supports("avx"))
		width = 32;
	the_target = registers_target;
	__asm__ volatile("fldcw %0\n ldmxcsr %1" : : "m"(control), "m"(mxcsr));
	for (calls = 0; calls < CALLS; calls++) {
		fill();
		memset(&got, 0, sizeof(got));
		registers_call(calls % 2 * 8);
		compare();
		CHECK(got.x87_control == control && (got.mxcsr & 0xffc0) == mxcsr);
		CHECK(!memcmp(got.st, pi, sizeof(pi)));
	}
	CHECK(!static_call_dynamic_stats(&stats) && stats.learned == 1);
	puts("ok");
	return 0;
}
