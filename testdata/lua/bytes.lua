# a first line
function Ã¼nÃ¯.code() end
function été() end
