/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The small functions that compiled code calls, hidden and once a module: the constructor
 * that tells the runtime of the module, what follows a store that may change a key, what
 * comes before a call of the runtime, and what returns zero. References to the runtime are weak; without it they do nothing.
 */
#include "gcc-compat.h"
#include "static_call_abi.h"
#include "model/calls.h"
#include "emit/emit.h"
#include "emit/text.h"
#include "emit/tables.h"

/* Of a module that is not registered: what may be prelinked is made right. */
#define FUNCTION_UNREGISTERED "static_call_key_rt_store_unregistered"

/*
 * symbol(%rdi, %rsi): pass on to a function of the runtime, if it is there. The
 * kernel has no global offset table, and addresses of 31 bits.
 */
static void function_put_weak_jump(const char *symbol, const char *function, const char *setup)
{
	sck_function_start(symbol, symbol);
	sck_put_endbr();
	OUT("\t.weak\t%s\n", function);
	if (ix86_cmodel == CM_KERNEL)
		OUT("\tmovq\t$%s, %%rax\n", function);
	else
		OUT("\tmovq\t%s@GOTPCREL(%%rip), %%rax\n", function);
	OUT("\ttestq\t%%rax, %%rax\n"
	    "\tje\t1f\n"
	    "%s"
	    "\tjmp\t%s%s\n"
	    "1:\n",
	    setup, function, ix86_cmodel == CM_KERNEL ? "" : "@PLT");
	sck_emit_return();
	sck_function_end(symbol);
}

/* Call a function of the runtime, which may be another module, or (not call) jump there. */
static void function_put_runtime(bool call, const char *function)
{
	OUT("\t.weak\t%s\n"
	    "\t%s\t%s%s\n",
	    function, call ? "call" : "jmp", function, ix86_cmodel == CM_KERNEL ? "" : "@PLT");
}

/*
 * Before an update by the API, where the module is prelinked and not registered: so early, or
 * so late, that its constructor or destructor does not see to its sites.
 */
static void function_put_ready(void)
{
	static const char symbol[] = "static_call_key_ready";

	sck_function_start(symbol, symbol);
	sck_put_endbr();
	OUT("\tcmpq\t$0, " STATIC_CALL_KEY_MODULE "+%d(%%rip)\n"
	    "\tjne\t1f\n"
	    "\ttestb\t$%d, " STATIC_CALL_KEY_MODULE "+%d(%%rip)\n"
	    "\tje\t1f\n"
	    "\txorl\t%%edi, %%edi\n"
	    "\txorl\t%%esi, %%esi\n"
	    "\tleaq\t" STATIC_CALL_KEY_MODULE "(%%rip), %%rdx\n",
	    (int)offsetof(struct static_call_key_module, runtime), STATIC_CALL_KEY_MODULE_PRELINKED,
	    (int)offsetof(struct static_call_key_module, flags));
	function_put_runtime(false, FUNCTION_UNREGISTERED);
	OUT("1:\n");
	sck_emit_return();
	sck_function_end(symbol);
}

/* The constructor and the destructor of the module, which tell the runtime of it. */
void sck_put_module_functions(void)
{
	static const char argument[] = "\tleaq\t" STATIC_CALL_KEY_MODULE "(%rip), %rdi\n";

	function_put_weak_jump("static_call_key_module_init", "static_call_key_rt_register",
			       argument);
	function_put_weak_jump("static_call_key_module_fini", "static_call_key_rt_unregister",
			       argument);
	/* Priority 100: before all constructors and after all destructors of programs. */
	sck_open_section(".init_array.00100", "aw", "init_array", "static_call_key_module_init");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_init\n");
	sck_open_section(".fini_array.00100", "aw", "fini_array", "static_call_key_module_fini");
	OUT("\t.balign\t8\n\t.quad\tstatic_call_key_module_fini\n");
	function_put_ready();
}

/* %rdi, %rsi: address and size. Go to label 1 unless some of it lies where keys may be. Uses %rax. */
static void function_put_range_test(void)
{
	OUT("\tmovq\t%%rdi, %%rax\n"
	    "\tsubq\t" STATIC_CALL_KEY_RANGE "(%%rip), %%rax\n"
	    "\tcmpq\t" STATIC_CALL_KEY_RANGE_SPAN "(%%rip), %%rax\n"
	    "\tjb\t2f\n"
	    /* Of a size that is not known, the beginning decides; 0 is the beginning of all. */
	    "\tcmpq\t$-1, %%rsi\n"
	    "\tjne\t3f\n"
	    "\ttestq\t%%rdi, %%rdi\n"
	    "\tjne\t1f\n"
	    "3:\tnegq\t%%rax\n"
	    "\tcmpq\t%%rsi, %%rax\n"
	    "\tjae\t1f\n"
	    "\tcmpq\t$0, " STATIC_CALL_KEY_RANGE_SPAN "(%%rip)\n"
	    "\tje\t1f\n"
	    "2:\n");
}

/*
 * %rdi, %rsi: on to the runtime. In programs with the descriptor, if the module is not registered:
 * it may be prelinked, and this so early or so late that only the file has its sites.
 */
static void function_put_runtime_store(bool call)
{
	if (ix86_cmodel != CM_KERNEL) {
		OUT("\tcmpq\t$0, " STATIC_CALL_KEY_MODULE "+%d(%%rip)\n"
		    "\tjne\t4f\n"
		    "\tleaq\t" STATIC_CALL_KEY_MODULE "(%%rip), %%rdx\n",
		    (int)offsetof(struct static_call_key_module, runtime));
		function_put_runtime(call, FUNCTION_UNREGISTERED);
		OUT("%s4:\n", call ? "\tjmp\t5f\n" : "");
	}
	function_put_runtime(call, "static_call_key_rt_store");
	if (call)
		OUT("5:\n");
}

/*
 * What follows a store (address, size): to the runtime, if a key may lie there. Without
 * the runtime the range is empty. Keeps all general registers, as sck_keeping_mark() says: it
 * is called, rarely, from code that would not call anything else. And %r10 and %r11 may hold a
 * register variable of the program's, which sees no call here, or be preserved by all calls
 * (-fcall-saved-r11).
 */
void sck_put_store(const struct sck_key *)
{
	/* Aligned again by their number: nine with %rax, and the return address. */
	static const char *const kept[] = { "cx", "dx", "si", "di", "8", "9", "10", "11" };
	/* Each object of a kernel has its own, as objtool lists the return of each. */
	const char *group = ix86_cmodel == CM_KERNEL ? NULL : STATIC_CALL_KEY_STORE;
	unsigned int i;

	sck_function_start(STATIC_CALL_KEY_STORE, group);
	sck_define(STATIC_CALL_KEY_STORE_MAYBE, group != NULL, "function");
	sck_put_endbr();
	sck_put_push("ax");
	function_put_range_test();
	for (i = 0; i < ARRAY_SIZE(kept); i++)
		sck_put_push(kept[i]);
	function_put_runtime_store(true);
	while (i-- > 0)
		sck_put_pop(kept[i]);
	OUT("1:\n");
	sck_put_pop("ax");
	sck_emit_return();
	OUT("\t.size\t" STATIC_CALL_KEY_STORE_MAYBE ", .-" STATIC_CALL_KEY_STORE_MAYBE "\n");
	sck_function_end(STATIC_CALL_KEY_STORE);
}

/* Call it. Afterwards, %rdi and %rsi are what %rdi was before, and the register size. */
static void function_put_call_between(const char *function, const char *size)
{
	sck_put_push("di");
	sck_put_push(size);
	OUT("\tsubq\t$8, %%rsp\n");
	sck_cfa_moved(8);
	OUT("\tcall\t%s@PLT\n"
	    "\taddq\t$8, %%rsp\n",
	    function);
	sck_cfa_moved(-8);
	sck_put_pop("si");
	sck_put_pop("di");
}

/* fill(%rdi, ..., %rdx), and what follows it. Of its result nobody asks. */
static void function_put_store_fill(const char *symbol, const char *fill)
{
	sck_function_start(symbol, symbol);
	sck_put_endbr();
	function_put_call_between(fill, "dx");
	OUT("\tjmp\t" STATIC_CALL_KEY_STORE "\n");
	sck_function_end(symbol);
}

void sck_put_store_memset(const struct sck_key *)
{
	function_put_store_fill(STATIC_CALL_KEY_STORE_FILL "memset", "memset");
}

void sck_put_store_memcpy(const struct sck_key *)
{
	function_put_store_fill(STATIC_CALL_KEY_STORE_FILL "memcpy", "memcpy");
}

void sck_put_store_memmove(const struct sck_key *)
{
	function_put_store_fill(STATIC_CALL_KEY_STORE_FILL "memmove", "memmove");
}

/*
 * The same where a transaction may be under way, of Intel's TM ABI as GCC's libitm has
 * it: then all keys are resynced when it commits, and a rollback has changed none.
 */
void sck_put_store_transaction(const struct sck_key *)
{
	static const char symbol[] = STATIC_CALL_KEY_STORE_TRANSACTION;
	static const char committed[] = STATIC_CALL_KEY_STORE "_committed";

	sck_function_start(symbol, symbol);
	sck_put_endbr();
	function_put_range_test();
	function_put_call_between("_ITM_inTransaction", "si");
	OUT("\ttestl\t%%eax, %%eax\n"
	    "\tjne\t3f\n");
	function_put_runtime_store(false);
	OUT("3:\tleaq\t%s(%%rip), %%rdi\n"
	    "\tmovl\t$1, %%esi\n" /* _ITM_noTransactionId */
	    "\txorl\t%%edx, %%edx\n"
	    "\tjmp\t_ITM_addUserCommitAction@PLT\n"
	    "1:\n",
	    committed);
	sck_emit_return();
	sck_function_end(symbol);

	sck_function_start(committed, symbol);
	sck_put_endbr();
	OUT("\txorl\t%%edi, %%edi\n"
	    "\torq\t$-1, %%rsi\n");
	function_put_runtime_store(false);
	sck_function_end(committed);
}

/* What nop_if_null calls instead of NULL where they stay indirect: zero, in both registers. */
void sck_put_return_zero(const struct sck_key *)
{
	static const char symbol[] = STATIC_CALL_KEY_RETURN_ZERO;

	sck_function_start(symbol, symbol);
	sck_put_endbr();
	OUT("\txorl\t%%eax, %%eax\n"
	    "\txorl\t%%edx, %%edx\n");
	sck_emit_return();
	sck_function_end(symbol);
}
