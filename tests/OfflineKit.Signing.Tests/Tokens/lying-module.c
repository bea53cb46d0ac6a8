/*
 * A PKCS#11 module with one token, "liar", that behaves as the variable LYING_MODULE says. It knows no cryptography: it answers every
 * C_Sign with the bytes of the file LYING_SIGNATURE, and shows the point in LYING_POINT as its public key (P-256).
 * Only what offlinekit-sign calls is there; every other entry of the function list is null.
 *
 *     cc -shared -fPIC -o lying-module.so lying-module.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long CK_ULONG;
typedef struct { CK_ULONG type; void *value; CK_ULONG length; } CK_ATTRIBUTE;
typedef struct { char label[32], manufacturer[32], model[16], serial[16]; CK_ULONG flags, counts[10]; char versions[4], time[16]; } CK_TOKEN_INFO;

static int sessions, logged_in, again, active, searches;
static CK_ULONG wanted;

static int is(const char *behaviour) { const char *said = getenv("LYING_MODULE"); return said && strcmp(said, behaviour) == 0; }

static size_t content(const char *variable, unsigned char *room, size_t limit) {
  FILE *file = fopen(getenv(variable) ? getenv(variable) : "", "rb");
  if (!file) return 0;
  size_t count = fread(room, 1, limit, file);
  fclose(file);
  return count;
}

static CK_ULONG initialize(void *arguments) { return is("start-fails") ? 0x30 : is("cannot-lock") && arguments ? 0x0A : is("started-before") ? 0x191 : 0; }
static CK_ULONG finalize(void *reserved) { (void)reserved; return 0; }

static CK_ULONG slot_list(unsigned char present, CK_ULONG *slots, CK_ULONG *count) {
  (void)present;
  CK_ULONG number = is("no-token") ? 0 : is("two-tokens") ? 2 : 1;
  for (CK_ULONG i = 0; slots && i < number; i++) slots[i] = 7 + i;
  *count = number;
  return 0;
}

static CK_ULONG token_info(CK_ULONG slot, CK_TOKEN_INFO *info) {
  memset(info, ' ', 96);
  memcpy(info->label, "liar", 4);
  memcpy(info->manufacturer, "a \x1b[31mtest", 10);
  info->serial[0] = (char)('0' + slot);
  info->flags = 0x40C | (is("final-try") ? 0x20000 : 0) | (is("pin-pad") ? 0x100 : 0);
  return 0;
}

static CK_ULONG open_session(CK_ULONG slot, CK_ULONG flags, void *application, void *notify, CK_ULONG *session) {
  (void)slot; (void)application; (void)notify;
  if (!(flags & 4)) return 0xB4;
  if (is("one-session") && sessions > 0) return 0xB1;
  *session = 100 + (CK_ULONG)__atomic_add_fetch(&sessions, 1, __ATOMIC_SEQ_CST);
  return 0;
}

static CK_ULONG close_session(CK_ULONG session) { (void)session; __atomic_sub_fetch(&sessions, 1, __ATOMIC_SEQ_CST); return 0; }

static CK_ULONG login(CK_ULONG session, CK_ULONG user, const char *pin, CK_ULONG length) {
  (void)session;
  if (is("login-hangs")) for (;;) pause();
  if (is("pin-locked")) return 0xA4;
  if (is("pin-expired")) return 0xA3;
  if (is("pin-never-set")) return 0x102;
  if (is("pin-pad") ? pin != NULL : length != 4 || memcmp(pin, "1234", 4) != 0) return 0xA0;
  if (user == 2) { again = 1; return 0; }
  if (is("logged-in-before")) { logged_in = 1; return 0x100; }
  logged_in = 1;
  return 0;
}

static CK_ULONG logout(CK_ULONG session) { (void)session; logged_in = 0; return 0; }

static CK_ULONG find_init(CK_ULONG session, CK_ATTRIBUTE *template, CK_ULONG count) {
  (void)session; (void)count;
  wanted = *(CK_ULONG *)template[0].value;
  searches = 0;
  return 0;
}

/* Object 1 is the private key, 2 the public key. */
static CK_ULONG find(CK_ULONG session, CK_ULONG *found, CK_ULONG room, CK_ULONG *count) {
  (void)session; (void)room;
  *count = 0;
  if (is("find-lies")) { *count = 1000000; return 0; }
  if (searches++ == 0 && logged_in && (wanted == 3 || wanted == 2)) { found[0] = wanted == 3 ? 1 : 2; *count = 1; }
  return 0;
}

static CK_ULONG find_final(CK_ULONG session) { (void)session; return 0; }

static CK_ULONG attribute(CK_ULONG session, CK_ULONG object, CK_ATTRIBUTE *asked, CK_ULONG count) {
  (void)session; (void)count;
  static const unsigned char curve[] = {6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7};
  unsigned char bytes[4096];
  size_t length = 0;
  CK_ULONG number = 3;
  switch (asked->type) {
    case 0x100: if (is("other-kind")) number = 0x1F; memcpy(bytes, &number, length = sizeof number); break;
    case 0x102: bytes[0] = 1; length = 1; break;
    case 3: memcpy(bytes, "key", length = 3); break;
    case 0x108: bytes[0] = !is("cannot-sign"); length = 1; break;
    case 0x202: bytes[0] = is("asks-again"); length = 1; break;
    case 0x180: if (object == 2) memcpy(bytes, curve, length = sizeof curve); break;
    case 0x181: if (object == 2) length = content("LYING_POINT", bytes, sizeof bytes); break;
  }
  if (asked->type == 0x181 && is("long-attribute")) { asked->length = 0x7FFFFFFFFFFFFFF0; return 0; }
  if (length == 0) { asked->length = ~0UL; return 0x12; }
  if (asked->value && asked->length >= length) memcpy(asked->value, bytes, length);
  asked->length = length;
  return 0;
}

static CK_ULONG sign_init(CK_ULONG session, void *mechanism, CK_ULONG key) {
  (void)session; (void)mechanism;
  again = 0;
  return key != 1 ? 0x60 : !logged_in || is("logged-out") ? 0x101 : is("no-mechanism") ? 0x70 : is("not-permitted") ? 0x68 : 0;
}

static CK_ULONG sign(CK_ULONG session, const void *data, CK_ULONG length, unsigned char *signature, CK_ULONG *room) {
  (void)session; (void)data; (void)length;
  if (is("sign-hangs")) for (;;) pause();
  if (is("device-error")) return 0x30;
  if (is("removed")) return 0x32;
  if (is("vendor-error")) return 0x80000042;
  if (is("asks-again") && !again) return 0x101;
  if (is("long-signature")) { *room = 100000; return 0; }
  if (is("cannot-lock") || is("one-session")) {
    if (__atomic_fetch_add(&active, 1, __ATOMIC_SEQ_CST) != 0) return 0x05;
    usleep(2000);
    __atomic_fetch_sub(&active, 1, __ATOMIC_SEQ_CST);
  }
  *room = content("LYING_SIGNATURE", signature, *room);
  return 0;
}

static struct { unsigned char version[2]; void *functions[68]; } list = {{2, 40}, {
  [0] = initialize, [1] = finalize, [4] = slot_list, [6] = token_info, [12] = open_session, [13] = close_session, [18] = login, [19] = logout,
  [24] = attribute, [26] = find_init, [27] = find, [28] = find_final, [42] = sign_init, [43] = sign}};

CK_ULONG C_GetFunctionList(void **functions) { *functions = &list; return is("no-list") ? 0x06 : 0; }
