// The shell: reads lines and runs them.
#pragma once
#include "userland/rescue/line_editor.hpp"
#include "userland/rescue/session.hpp"

namespace rescue {

class Shell {
public:
    explicit Shell(Session& session) : session_{session}, editor_{session.terminal, history_} {}

    // Until `exit`. Errors: what the console says.
    Result<> run();

private:
    Result<> read_line();
    void run_line(std::string_view text);

    Session& session_;
    History history_;
    LineEditor editor_;
};

}  // namespace rescue
