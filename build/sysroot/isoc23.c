#include <stdlib.h>

/* OpenSSL was compiled with headers of glibc 2.38 or later, where strtol is spelled so because C23 also reads "0b1". The sysroot's glibc is older. */
long __isoc23_strtol(const char *text, char **end, int base);

long __isoc23_strtol(const char *text, char **end, int base)
{
    return strtol(text, end, base);
}
