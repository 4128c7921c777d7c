/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A breakpoint on a site or a guard: for every form, every change of its key, and
 * every order of change and breakpoint. A debugger puts back the byte that it found, a
 * uprobe the file's. Whatever is put back, and when, calls are right; a change that
 * cannot be is refused and changes nothing.
 *
 * Threads that meet a uprobe do what the file's instruction does: the handler does so.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>

#include "sites.h"

typedef long (*fn)(long);
static long seen;
long f1(long x) { seen += 1; return x + 1; }
long f2(long x) { seen += 2; return x + 2; }

fn k_plain = f1, k_void = f1, k_value = f1, k_wide = f1;
KEY(k_plain, 0);
KEY_NULL(k_void, 1);
KEY_NULL(k_value, 3);
KEY_NULL(k_wide, 7);
SITE_CALL(call_plain, k_plain);
SITE_TAIL(tail_plain, k_plain, 0);
SITE_CALL(call_void, k_void);
SITE_TAIL(tail_void, k_void, 0);
SITE_TAIL(tail_noret, k_void, 2);
SITE_CALL(call_value, k_value);
SITE_TAIL(tail_value, k_value, 0);
SITE_CALL(call_wide, k_wide);
SITE_TAIL(tail_wide, k_wide, 0);
/* Inlined code shows what the functions show. */
fn k_guard = f1, k_null = f1;
KEY_NULL(k_guard, 3);
KEY_NULL(k_null, 3);
GUARD_FUNCTION(f1);
GUARD_FUNCTION(f2);
#define INLINED(n)	"addq $" #n ", seen(%rip)\n lea " #n "(%rdi), %rax\n ret\n"
FUNCTION(guarded, GUARD
	 GUARD_ENTRY(k_guard, 1, GUARD_OF(f1), "0")
	 GUARD_ENTRY(k_guard, 1, GUARD_OF(f2), "773f - .")
	 GUARD_ENTRY(k_guard, 0, "0", "774f - .")
	 INLINED(1) "773: " INLINED(2) "774: xor %eax, %eax\n ret\n" GUARD_SLOW(k_guard));
FUNCTION(guarded_null, GUARD
	 GUARD_ENTRY(k_null, 1, "0", "0")
	 GUARD_ENTRY(k_null, 0, GUARD_OF(f2), "773f - .")
	 "xor %eax, %eax\n ret\n 773: " INLINED(2) GUARD_SLOW(k_null));
long call_plain(long), tail_plain(long), call_void(long), tail_void(long), tail_noret(long),
     call_value(long), tail_value(long), call_wide(long), tail_wide(long), guarded(long),
     guarded_null(long);
MODULE_AUTO

/* of targets[] */
enum { F1, F2, FAR, NOTHING, NONE };

static const struct kind {
	fn *key;
	int site; /* of the key's */
	fn call;
	const char *name;
	int noop;	/* the target of which it makes an instruction that is no branch */
} kinds[] = {
	{ &k_plain, 0, call_plain, "call", NONE },
	{ &k_plain, 1, tail_plain, "tail", NONE },
	{ &k_void, 0, call_void, "void call", NOTHING },
	{ &k_void, 1, tail_void, "void tail", NOTHING },
	{ &k_void, 2, tail_noret, "void tail, no ret", NONE },
	{ &k_value, 0, call_value, "value call", NONE },
	{ &k_value, 1, tail_value, "value tail", NONE },
	{ &k_wide, 0, call_wide, "wide call", NONE },
	{ &k_wide, 1, tail_wide, "wide tail", NONE },
	{ &k_guard, 1, guarded, "guard", F1 },
	{ &k_null, 1, guarded_null, "guard of NULL", NOTHING },
};

static fn far;
static int mem;
static const struct kind *k;
static unsigned char *site, file_byte, found;
static uintptr_t slow; /* of a guard */

static void poke(unsigned char byte)
{
	CHECK(pwrite(mem, &byte, 1, (off_t)(uintptr_t)site) == 1);
}

static void put(void)
{
	found = *site;
	poke(0xcc);
}

static void trapped(int sig, siginfo_t *si, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
	const struct static_call_key_record *record = (const void *)module.records_start;
	uintptr_t trampoline;

	(void)sig, (void)si;
	CHECK(r[REG_RIP] == (greg_t)(uintptr_t)site + 1);
	if (slow) {
		r[REG_RIP] = (greg_t)slow;
		return;
	}
	while ((void *)record->key != (void *)k->key)
		record++;
	trampoline = (uintptr_t)&record->trampoline + record->trampoline;
	if (file_byte == 0xe8) {
		r[REG_RSP] -= 8;
		*(uintptr_t *)r[REG_RSP] = (uintptr_t)site + 5;
	}
	r[REG_RIP] = (greg_t)trampoline;
}

/* Does a call do what the key wants? */
static int right(void)
{
	fn target = *k->key;
	long wanted, got;

	if (target == NULL && k->key == &k_plain)
		return 1;
	seen = 0;
	got = k->call(10);
	if (target == NULL)
		return seen == 0 && (k->key == &k_void || got == 0);
	wanted = target == f1 ? 1 : target == f2 ? 2 : 0;
	return seen == wanted && got == 10 + (target == far ? 100 : wanted);
}

static void bad(const char *what, int from, int to, int err)
{
	printf("%s, %d to %d (%d): %s; %02x %02x %02x %02x %02x\n", k->name, from, to, err, what,
	       site[0], site[1], site[2], site[3], site[4]);
	exit(1);
}

#define EXPECT(condition, what) do { if (!(condition)) bad(what, from, to, err); } while (0)

static fn targets[4];

static void update(int i)
{
	CHECK(!static_call_key_update(k->key, targets[i]));
}

/*
 * From one target to another: the breakpoint is there before, and after, removed by a
 * debugger or as a uprobe is.
 */
static void change(int from, int to, int uprobe)
{
	int must_fail = k->noop == from && from != to;
	unsigned char before[5];
	int err = 0;

	update(from);
	EXPECT(right(), "before");
	put();
	EXPECT(right(), "under the breakpoint");
	EXPECT(!static_call_key_verify(), "verify");
	memcpy(before, site, 5);
	err = static_call_key_update(k->key, targets[to]);
	EXPECT(err == (must_fail ? -ETXTBSY : 0), "update");
	EXPECT(*site == 0xcc, "the breakpoint is gone");
	EXPECT(*k->key == targets[err ? from : to], "key");
	EXPECT(!err || !memcmp(before, site, 5), "a refused update changes the site");
	EXPECT(right(), "under the breakpoint, changed");
	EXPECT(!static_call_key_verify(), "verify, changed");
	poke(uprobe ? file_byte : found);
	EXPECT(right(), "removed");
	EXPECT(!static_call_key_verify(), "verify, removed");
	/* A second one, by somebody who finds what the first has left. */
	put();
	EXPECT(!static_call_key_verify(), "verify, second");
	poke(found);
	EXPECT(right(), "removed again");
	update(to);
	EXPECT(right() && !static_call_key_verify(), "afterwards");
}

/* It stays through three changes. */
static void stay(int from, int to, int last, int uprobe)
{
	int err = 0, second;

	update(from);
	put();
	err = static_call_key_update(k->key, targets[to]);
	EXPECT(right() && !static_call_key_verify(), "first");
	second = static_call_key_update(k->key, targets[last]);
	EXPECT(right() && !static_call_key_verify(), "second");
	/* What was a branch when the breakpoint came still is one. */
	EXPECT(k->noop == from || (!err && !second), "refused for nothing");
	poke(uprobe ? file_byte : found);
	EXPECT(right() && !static_call_key_verify(), "removed");
	err = static_call_key_update(k->key, targets[to]);
	EXPECT(!err && right(), "afterwards");
}

/* A plain store is followed, or the program stopped where it would call what was replaced. */
static void store(int from, int to)
{
	int must_fail = k->noop == from && from != to;
	int err = 0, status;
	pid_t pid;

	update(from);
	put();
	pid = fork();
	if (!pid) {
		CHECK(dup2(open("/dev/null", O_WRONLY), 2) == 2);
		*k->key = targets[to];
		static_call_key_rt_store(k->key, sizeof(*k->key));
		EXPECT(right() && !static_call_key_verify(), "store");
		/* The child's own copy of the text. */
		close(mem);
		mem = open("/proc/self/mem", O_RDWR);
		poke(found);
		EXPECT(right() && !static_call_key_verify(), "store, removed");
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	if (must_fail)
		EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL, "not stopped");
	else
		EXPECT(!status, "stopped");
	poke(found);
}

/* The module is registered while a breakpoint is on a site. */
static void registered(int uprobe)
{
	struct static_call_key_info info;
	int from = 0, to = 0, err = 0;

	update(0);
	static_call_key_rt_unregister(&module);
	put();
	CHECK(found == file_byte && !static_call_key_rt_register(&module));
	EXPECT(right() && !static_call_key_verify(), "registered");
	poke(uprobe ? file_byte : found);
	EXPECT(right() && !static_call_key_verify(), "registered, removed");
	update(1);
	EXPECT(right() && !static_call_key_verify(), "registered, updated");
	CHECK(!static_call_key_query(k->key, &info) && info.patched == info.sites);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER };
	int from, to, last, uprobe;
	unsigned char *page;
	size_t i;

	CHECK(module.runtime);
	page = mmap((void *)(((uintptr_t)main & ~4095ul) ^ 1l << 40), 4096,
		    PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(page != MAP_FAILED);
	memcpy(page, "\x48\x8d\x47\x64\xc3", 5); /* lea 100(%rdi),%rax; ret */
	far = (fn)(uintptr_t)page;
	targets[F1] = f1, targets[F2] = f2, targets[FAR] = far, targets[NOTHING] = NULL;
	mem = open("/proc/self/mem", O_RDWR);
	if (mem < 0) {
		puts("ok, not tested: no /proc/self/mem");
		return 0;
	}
	sigaction(SIGTRAP, &sa, NULL);

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		k = &kinds[i];
		site = (unsigned char *)(uintptr_t)site_nth(k->key, k->site).site;
		slow = 0;
		if (site_nth(k->key, k->site).flags & STATIC_CALL_KEY_SITE_INFO_GUARD) {
			update(FAR);
			slow = (uintptr_t)site_nth(k->key, k->site).destination;
		}
		file_byte = *site;
		CHECK(file_byte == 0xe8 || file_byte == 0xe9);
		for (uprobe = 0; uprobe < 2; uprobe++)
			for (from = 0; from < 4; from++)
				for (to = 0; to < 4; to++) {
					change(from, to, uprobe);
					for (last = 0; last < 4; last++)
						stay(from, to, last, uprobe);
				}
		for (from = 0; from < 4; from++)
			for (to = 0; to < 4; to++)
				store(from, to);
		registered(0);
		registered(1);
	}
	puts("ok");
	return 0;
}
