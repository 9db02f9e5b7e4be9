// hello: greets, and shows what it was started with.
#include <stdio.h>

int main(int argument_count, char** arguments)
{
    printf("Hello from Baton.\n");
    for (int i = 0; i < argument_count; ++i)
        printf("argument %d: %s\n", i, arguments[i]);
    return 0;
}
